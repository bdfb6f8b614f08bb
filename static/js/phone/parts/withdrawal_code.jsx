import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { spaced } from '../record/codes.js'

/** What the customer photographs: the code in large signs, and the way to the page that erases. `label` names the picture. */
export function WithdrawalCode({ code, label }) {
  const address = `${location.origin}/w/${code}`
  return (
    <div class="con-code">
      <Qr text={address} label={label} />
      <p class="code num" data-testid="code">{spaced(code)}</p>
    </div>
  )
}

/** Drawn here, since there may be no network; without it the code alone will do. */
function Qr({ text, label }) {
  const drawn = useSignal(null)
  useEffect(() => {
    import('../device/qr.js').then(({ qr, asPath }) => {
      const rows = qr(text)
      drawn.value = rows && { size: rows.length, path: asPath(rows) }
    }, () => {})
  }, [text])
  if (!drawn.value) return null
  const { size, path } = drawn.value
  return (
    <svg class="qr" viewBox={`-3 -3 ${size + 6} ${size + 6}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <path d={path} fill="currentColor" />
    </svg>
  )
}
