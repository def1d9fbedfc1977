// Sorts the names of a large geography beside the page's own thread.

import { alphabet } from "./alphabet";

self.onmessage = ({ data }: MessageEvent<string[]>) => self.postMessage(alphabet(data));
