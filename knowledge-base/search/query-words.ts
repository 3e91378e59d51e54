/*
 * What a spoken question is made of besides its subject. Stop words are dropped; intent words stay with little weight, because
 * they ask for a row of the guide (how much, how long), not for another guide.
 */

const list = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/).filter((word) => word !== ''));

export const stopWords = list(`
  我 你 您 他 她 它 我们 你们 他们 咱 咱们 俺 自己 本人 人家 大家 家里 家里人 别人
  的 地 得 了 着 过 吗 呢 吧 啊 呀 嘛 哦 呗 哈 哇 么 啦 噢 哎 诶 唉 喂
  是 不是 是不是 有 没有 有没有 没 不 还 也 都 就 才 又 再 很 太 挺 比较 非常 特别 已经 正在 刚 刚刚 快 先 后 后来 然后 接着 目前 现在 当前 最近 今年 去年 明年 以前 原来 之前 之后
  要 想 想要 需要 需 得要 必须 应该 应 该 可以 可不可以 能 能够 不能 能不能 会 会不会 行 行不行 不行 好 好不好 用 不用 用不用 准备 打算 希望 麻烦
  请问 请 问 问下 问一下 咨询 咨询下 了解 知道 告诉 帮 帮忙 帮我 说 听说 看 看看 谢谢 你好 您好
  怎么 怎样 怎么样 怎么办 如何 咋 咋办 咋整 咋样 啥 啥样 什么 什么样 哪 哪个 哪些 哪里 哪儿 谁 几 几个 多少 为什么 为啥 何
  这 那 这个 那个 这些 那些 这样 那样 这边 那边 这里 那里 这儿 那儿 此 该 每 各 某 一 一个 一下 一些 一直 一样 两 个 种 次 件 张 份 点 些
  在 从 到 向 往 对 给 把 被 让 叫 跟 和 与 及 或 或者 还是 以及 同 为 因为 所以 如果 要是 但 但是 不过 而 而且 并 并且 关于 根据 按 按照 由 于 以 之 等 等等 比如 除了
  来 去 来去 上 下 里 外 前 中 内 间 时 时候 之间 左右 以上 以下 以内 回 起来 出来 进来 过来 下来 上来 出去 进去
  做 弄 搞 整 干 办 弄到 拿 带 放 找 走 跑 坐 住 待 事 事情 东西 问题 情况 方面 地方 话 人 钱
`);

export const intentWords = list(`
  办理 申请 申报 申办 手续 流程 程序 步骤 材料 资料 证件 证明 条件 要求 资格 时间 期限 时限 多久 多长时间 费用 收费 标准 价格 地点 地址 电话 窗口 网上 线上 线下 手机 预约 咨询 指南 须知 政策 规定 办法 细则 通知 方式 渠道 途径 入口 网站 平台 表格 业务 服务 相关 有关 具体 详细 需要什么 多少钱 多少天 在哪办 怎么办理 有效期
  关于 请求 反映 反应 投诉 举报 建议 希望 呼吁 质疑 求助 再次 强烈 严重 尽快 情况反映 意见 疑问 事宜 相关问题 何时 能否 是否 为何 对于 要求 恳请 请问 不合理 加强 解决
  一年 每年 每月 一个月 每个 今天 明天 外地 本地 当地 单位 公司 部门 政府
`);

/** What is done with the subject, and where from: half of all guides contain one of these, so they only refine. */
export const actionWords = list(`
  申领 领取 领 转移 转入 转出 转接 接续 补办 补领 补换 换领 换发 换证 更换 登记 备案 查询 变更 更改 注销 提取 缴费 缴纳 认定 审核 审批 核发 开具 签约 招生 报名 预约 发放 享受
  异地 外地 外省 跨省 跨市 老家 原籍 到期 过期 期满 遗失 丢失 挂失 损坏 首次 新办
`);

/** A guide whose name says one of these is for some people or cases only; unasked, it yields to the general one. */
export const narrowingWords: readonly string[] = [
  ...list(`
  城乡居民 灵活就业 农村 农民 港澳 台湾 外资 外国 华侨 归侨 学生 毕业生 高校 退役 军人 残疾 孤儿 失独 特困 摩托车 危险货物 危险品 同城 市内 省内 临时 单位 集体 外商
  二孩 三孩 再婚 未成年 企业年金 机关事业 工伤 遗失 死亡 继承 农民专业合作社 分支机构 网约车 出租汽车 校车 教练
`),
];

/** A verb left alone in the sentence (补、换、转) and the words guides use for it. */
export const verbs: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    补: ['补办', '补领'],
    换: ['换领', '更换'],
    领: ['申领', '领取'],
    转: ['转移', '转入'],
    迁: ['迁移', '迁入'],
    提: ['提取'],
    取: ['提取', '领取'],
    交: ['缴费', '缴纳'],
    查: ['查询'],
    退: ['退费', '退还'],
    改: ['变更', '更正'],
    销: ['注销'],
    续: ['延续', '续期'],
    考: ['考试'],
    租: ['租赁', '租房'],
    生: ['生育'],
    报: ['报销', '申报'],
    丢: ['挂失', '遗失'],
    掉: ['挂失', '遗失'],
    坏: ['损坏'],
  }),
);
