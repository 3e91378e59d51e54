// Compiles a Vue single-file component for jest: script (with its template inlined) to CommonJS; styles are left out.
const { parse, compileScript, compileTemplate } = require('@vue/compiler-sfc');
const swc = require('@swc/core');
const fs = require('node:fs');
const { createHash } = require('node:crypto');
module.exports = {
  process(source, filename) {
    const { descriptor } = parse(source, { filename });
    const id = createHash('sha256').update(filename).digest('hex').slice(0, 8);
    const compiled =
      descriptor.scriptSetup || descriptor.script
        ? compileScript(descriptor, {
            id,
            inlineTemplate: true,
            fs: { fileExists: fs.existsSync, readFile: (file) => fs.readFileSync(file, 'utf8'), realpath: (file) => file },
          })
        : { content: `${compileTemplate({ source: descriptor.template.content, id, filename }).code}\nexport default { render }` };
    const { code } = swc.transformSync(compiled.content, {
      filename: `${filename}.ts`,
      sourceMaps: 'inline',
      jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
      module: { type: 'commonjs' },
    });
    return { code };
  },
};
