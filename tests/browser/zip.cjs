// What a zip file holds, read as far as tests need it.
"use strict";

const zlib = require("node:zlib");

/** The members of a zip file by their names, each as bytes. */
function unzip(bytes) {
  const members = new Map();
  let at = bytes.readUInt32LE(bytes.lastIndexOf(Buffer.from("PK\x05\x06", "latin1")) + 16);
  while (bytes.readUInt32LE(at) === 0x02014b50) {
    const [method, packed] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    const name = bytes.toString("utf8", at + 46, at + 46 + nameLength);
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const data = bytes.subarray(start, start + packed);
    members.set(name, method === 0 ? data : zlib.inflateRawSync(data));
    at += 46 + nameLength + extra + comment;
  }
  return members;
}

module.exports = { unzip };
