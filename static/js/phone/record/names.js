// What looks like a person's name in a note. It is pointed out, never blocked: only a person can tell. Pure.

const TITLED = /\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sr|Sister|Nurse)\.?\s+\p{Lu}[\p{L}'’-]+/u
const CALLED = /\b(?:called|named|name is|name was)\s+\p{Lu}[\p{L}'’-]+/u
const SURNAMES = '王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤欧阳'
const CHINESE = new RegExp(`(?:欧阳|[${SURNAMES}])\\p{Script=Han}{0,2}(?:先生|女士|小姐|太太|医生|大夫|护士|主任|老师|阿姨|师傅|经理)|[老小][${SURNAMES}](?!\\p{Script=Han}*[板姐])`, 'u')

/** The first piece that looks like a name; null when none does. @param {string | null | undefined} text */
export function nameIn(text) {
  const found = [TITLED, CALLED, CHINESE].map((rule) => rule.exec(text ?? '')).filter((one) => one !== null)
  return found.sort((one, other) => one.index - other.index)[0]?.[0] ?? null
}
