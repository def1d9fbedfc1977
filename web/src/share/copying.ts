// What a copy button does, loaded when it is first wanted.

export { pictureForms, sentenceForms, tableForms, toClipboard, toFile } from "./clipboard";
export { sourceLines } from "./source";
