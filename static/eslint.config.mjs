import js from '@eslint/js'
import importX from 'eslint-plugin-import-x'
import globals from 'globals'

const ROOMS = ['words', 'record', 'device', 'state', 'actions', 'parts', 'screens']

export default [
  { ignores: ['**/dist/**'] },
  { files: ['**/*.{js,jsx,mjs}'], ...js.configs.recommended },
  {
    files: ['**/*.{js,jsx,mjs}'],
    languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } }, globals: { ...globals.browser } },
    rules: {
      'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-console': ['error', { allow: ['warn', 'error'] }],
      eqeqeq: 'error', 'prefer-const': 'error', 'no-var': 'error',
      'max-lines': ['error', { max: 220, skipComments: true }],
    },
  },
  {
    files: ['static/js/**'],
    plugins: { 'import-x': importX },
    settings: {
      'import-x/extensions': ['.js', '.jsx'],
      'import-x/resolver-next': [importX.createNodeResolver({ extensions: ['.js', '.jsx'] })],
    },
    rules: { 'import-x/no-cycle': 'error', 'import-x/no-restricted-paths': ['error', { zones: layers() }] },
  },
  { files: ['**/sw.js'], languageOptions: { globals: { ...globals.serviceworker } } },
  { files: ['**/*.mjs'], languageOptions: { globals: { ...globals.node } }, rules: { 'no-console': 'off' } },
  { files: ['**/words/*.js'], rules: { 'max-lines': 'off' } },
]

/** A room of the phone imports only those before it: a record is tested without a phone, a part is never made of screens. */
function layers() {
  return ROOMS.map((room, at) => ({
    target: `static/js/phone/${room}`,
    from: [...ROOMS.slice(at + 1), 'main.jsx', 'app.jsx'].map((above) => `static/js/phone/${above}`),
    message: `${room} stands below it.`,
  }))
}
