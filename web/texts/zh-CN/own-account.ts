/** Words of one's own account. */
export const ownAccountTexts = {
  title: '我的账号',
  password: '修改密码',
  passwordDone: '密码已修改，其他设备上的登录已退出。',
  codesHint: '登录时除密码外再填手机上的六位数字，密码被人知道也登录不了。',
  codesOpen: '启用或停用一次性验证码',
  sessionsHint: '不认识的，请结束并修改密码。',
} as const;
