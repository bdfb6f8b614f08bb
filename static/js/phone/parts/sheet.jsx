import { useEffect, useRef } from 'preact/hooks'

/** A sheet that comes up from the foot, over everything else; Escape and what stands in it close it. */
export function Sheet({ title, onClose, className = '', children }) {
  const dialog = useRef(null)
  useEffect(() => { dialog.current.showModal() }, [])
  return (
    <dialog class={`sheet ${className}`} ref={dialog} onClose={onClose} aria-labelledby="sheet-title">
      <h2 id="sheet-title">{title}</h2>
      {children}
    </dialog>
  )
}
