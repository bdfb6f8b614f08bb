import js from '@eslint/js'
import importX from 'eslint-plugin-import-x'
import globals from 'globals'

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
    rules: { 'import-x/no-cycle': 'error' },
  },
  { files: ['static/js/*.js'], rules: below('field', 'What knows no screen is tested without one.') },
  { files: ['static/js/field/*.js', 'static/js/field/parts/**'], rules: below('screens', 'A screen is made of parts, never a part of screens.') },
  { files: ['**/sw.js'], languageOptions: { globals: { ...globals.serviceworker } } },
  { files: ['**/*.mjs'], languageOptions: { globals: { ...globals.node } }, rules: { 'no-console': 'off' } },
  { files: ['**/words/*.js'], rules: { 'max-lines': 'off' } },
]

function below(folder, message) {
  return { 'no-restricted-imports': ['error', { patterns: [{ group: [`**/${folder}/**`], message }] }] }
}
