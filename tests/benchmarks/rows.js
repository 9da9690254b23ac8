// One table of many rows by docxtemplater: node rows.js TEMPLATE ROWS TIMES; prints JSON with milliseconds and peak memory.
const fs = require("fs");
const PizZip = require("pizzip");
const Docxtemplater = require("docxtemplater");

const [template, rows, times] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const held = fs.readFileSync(template);
const lines = Array.from({ length: rows }, (_, n) => ({
  a: `${n + 1}`, b: `Nhiệm vụ số ${n + 1} & việc <kèm>`, c: "Phòng Tư pháp", d: `${n * 7}`, e: "31/12/2026",
}));
const spent = [];
for (let turn = 0; turn <= times; turn++) {
  const begun = process.hrtime.bigint();
  const document = new Docxtemplater(new PizZip(held), { paragraphLoop: true, linebreaks: true });
  document.render({ rows: lines });
  document.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" });
  if (turn > 0 || times === 1) spent.push(Number(process.hrtime.bigint() - begun) / 1e6);
}
spent.sort((x, y) => x - y);
console.log(JSON.stringify({ ms: spent[spent.length >> 1], mb: process.resourceUsage().maxRSS / 1024 }));
