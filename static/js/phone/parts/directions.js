// Names keep their direction to themselves: what is written from right to left stands in <bdi> on every screen, so that
// it never turns the words and figures beside it. Inside a sentence record/words.js isolates its values.
import { h, options } from 'preact'
import { rightToLeft } from '../record/words.js'

const BARE = ['option', 'text', 'title', 'textarea', 'bdi'] // text only, or isolated already
const before = options.vnode

/** Every element passes here when it is made: one place instead of one in each screen. */
options.vnode = (node) => {
  if (typeof node.type === 'string' && !BARE.includes(node.type)) {
    const inside = node.props.children
    if (Array.isArray(inside) ? inside.some(rightToLeft) : rightToLeft(inside)) {
      node.props.children = Array.isArray(inside) ? inside.map(isolated) : isolated(inside)
    }
  }
  before?.(node)
}

function isolated(child) {
  return rightToLeft(child) ? h('bdi', null, child) : child
}
