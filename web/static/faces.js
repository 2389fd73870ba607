// WeChat writes its faces as words in brackets; they are shown as the faces of Unicode, where the device has them.

import { faces } from "./words.js";

/** What `text` looks like when drawn. */
function drawn(text) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 24;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.font = "20px sans-serif";
  pen.fillText(text, 0, 20);
  return pen.getImageData(0, 0, 24, 24).data.join();
}

const NO_GLYPH = "\u{10FFFF}";
const hasFaces = drawn("👍") !== drawn(NO_GLYPH);

/** `text` with its faces shown. */
export function withFaces(text) {
  return hasFaces ? text.replace(/\[[^[\]]{1,4}\]/g, (face) => faces[face] ?? face) : text;
}
