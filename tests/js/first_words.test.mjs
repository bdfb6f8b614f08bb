import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import esbuild from 'esbuild'
import first from '../../static/js/phone/words/en.js'
import later from '../../static/js/phone/words/later_en.js'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

/** Every file that is bundled into what stands before the later screens come. */
async function filesOfTheFirstScreen() {
  const made = await esbuild.build({
    absWorkingDir: root, entryPoints: ['static/js/phone/main.jsx'], bundle: true, splitting: true, format: 'esm', write: false, outdir: 'x',
    metafile: true, jsx: 'automatic', jsxImportSource: 'preact', define: { __LATER_CSS__: '""' }, tsconfigRaw: {}, logLevel: 'silent',
  })
  const outputs = made.metafile.outputs
  const names = new Set([Object.keys(outputs).find((name) => outputs[name].entryPoint === 'static/js/phone/main.jsx')])
  for (const name of names) for (const { path, kind } of outputs[name].imports) if (kind === 'import-statement') names.add(path)
  return [...names].flatMap((name) => Object.keys(outputs[name].inputs)).filter((path) => path.startsWith('static/js/phone/'))
}

test('what the first screen says is there with it; the rest comes with the rest', async () => {
  const files = await filesOfTheFirstScreen()
  const said = files.flatMap((file) => [...readFileSync(join(root, file), 'utf8').matchAll(/'([a-z]+(?:\.[\w.]+)?)'/gi)].map(([, key]) => key))
  const early = [...new Set(said)].filter((key) => key in first || key in later)
  assert.ok(files.some((file) => file.endsWith('today.jsx')) && early.length > 40)
  assert.deepEqual(early.filter((key) => !(key in first)), [])
})

test('no sentence stands in both tables', () => {
  assert.deepEqual(Object.keys(later).filter((key) => key in first), [])
})
