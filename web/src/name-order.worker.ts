import { sorted } from "./name-order";

self.onmessage = ({ data }: MessageEvent<string[]>) => self.postMessage(sorted(data));
