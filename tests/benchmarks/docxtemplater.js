// A template filled by docxtemplater: node docxtemplater.js TEMPLATE DATA.json TIMES; prints JSON with milliseconds and
// peak memory. One render warms up, unless it is the only one.
const fs = require("fs");
const PizZip = require("pizzip");
const Docxtemplater = require("docxtemplater");

const [template, data, times] = [process.argv[2], process.argv[3], Number(process.argv[4])];
const held = fs.readFileSync(template);
const values = JSON.parse(fs.readFileSync(data, "utf-8"));
const spent = [];
for (let turn = 0; turn <= times; turn++) {
  const begun = process.hrtime.bigint();
  const document = new Docxtemplater(new PizZip(held), { paragraphLoop: true, linebreaks: true });
  document.render(values);
  document.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" });
  if (turn > 0 || times === 1) spent.push(Number(process.hrtime.bigint() - begun) / 1e6);
}
spent.sort((x, y) => x - y);
console.log(JSON.stringify({ ms: spent[spent.length >> 1], mb: process.resourceUsage().maxRSS / 1024 }));
