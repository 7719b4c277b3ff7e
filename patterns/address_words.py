"""The words an address is read by: labels before it, endings of place names, what numbers and units mean elsewhere."""

from __future__ import annotations

import re
from typing import Final

# What announces an address and does not belong to it. 住 alone too, but not in 住宅, 住房, 住院 …
LABEL: Final = re.compile(
    r"(?:家庭|户籍|户口|详细|常住|居住|现居住?|现住|通讯|通信|邮寄|收件|联系|房屋|宅基地|单位|办公|公司|注册|经营|住房|户主)?"
    r"(?:住址|地址|坐落|座落|住所地?|所在地|居住地|户籍地|门牌号码?|地点)(?:为|是|在|于|位于)?"
    r"|(?:现|原|暂|租|常|家|居)住(?:地|址|于|在)?(?!宅|房|院|户|建|址|地)|住(?:在|于)|位于"
    r"|(?<![居安])住(?!宅|房|院|户|建|址|所|地|于|在|持|保|宿|校|进)"
)

# Endings of the places that groups, doors and blocks are counted in.
PLACE_END: Final = re.compile(
    r"(?:村民?委?员?会?|社区居?民?委?员?会?|居委会|街道(?:办事处)?|办事处|小区|花园|家园|新村|公寓|宿舍|家属院|家属楼|大院"
    r"|[村庄屯寨郢圩集店岗桥沟坝湖塘坡坊疃营铺楼园苑院城府邸湾庭轩都郡墅阁居里镇乡区县市路街巷弄道段线台园湾场洲畈冲坂垸]"
    r"|胡同|大道|广场|国道|省道|步行街|大厦|山庄|名都|豪庭|[东西南北中]区|[一二三四五六七八九十]期|[A-Za-z0-9]期|[A-Z]区)$"
)

# A body that ends so is no place: document numbers, dates, counts, ordinal numbers.
NOT_A_BODY: Final = re.compile(
    r"(?:第|月|年|编|文|字|证|批|案|型|共|计|约|近|达|余|每|各|有|为期|会议|文件|公告|通知|表|附件|图|卷|票|标段|包|地块|宗地"
    r"|工程|项目|工作|帮扶|领导|扶贫|施工|作业|检查|督查|评审|专家|救援|第三方|小|分|调查|编号|公示|决定|令|房屋|房)$"
)

# A unit that is the first character of another word.
AFTER_UNIT: Final = re.compile(
    r"号(?:[令文线机台桥井泵闸岗车船矿仓罐信馆口码召称段牌角坑]|地块|宗地|标段|窗口|公告|通知|决定|文件|台风|通报)"
    r"|组(?:[织长成合员团建别距]|数据)|队(?:[伍长员列]|友)|户(?:[籍口主数型外均名]|贫困)|室(?:内|外|主任|[一二两三四1-4]厅)|层(?:[面次级]|层)"
    r"|门(?:[诊窗口面前户类店]|牌)|楼(?:[盘市道房梯宇长面]|上|下)|座(?:[谈位落机次])|排(?:[查名水污放序列除涝灌])|栋(?:梁|房)"
    r"|院(?:[长内士校务]|系)|巷(?:道)|弄(?:清|虚)"
)

# Numbers of households, storeys and gates count something; they do not name a home.
COUNTED: Final = re.compile(r"(?:\d{1,4}|[一二三四五六七八九十百零〇两]{1,4})(?:户|层|门|楼)")

# So do buildings of a whole town or county: 阳春市30座.
BUILDINGS: Final = re.compile(r"(?:\d{1,4}|[一二三四五六七八九十百零〇两]{1,4})[栋幢座排院]")
AREA_END: Final = re.compile(r"(?:[省市县镇乡]|[^小园社]区)$")

# Groups that bear a name: the village's end is group 1.
NAMED_GROUP: Final = re.compile(
    r"((?<=[一-鿿])(?:村|社区|村委会|居委会))"
    r"(?!(?:[一-鿿]{0,3}(?:工作|帮扶|领导|扶贫|调查|评议|监督|检查|督查|项目|党|理财|议事|服务|志愿|医疗|宣讲|施工|巡逻|护|防"
    r"|应急|突击|文艺|舞|考核|验收|核查|评审|理事|互助|个|各|每|多|几|全|小|驻|两委|支|民委|干部|集体)))"
    r"(?:[一-鿿]{1,4}?)(?:村民组|居民组|自然庄|自然村|组|队)(?![织长成合员团建别距伍列民一-鿿])"
)

# Places of offices and companies, in an address or right behind it.
OFFICE: Final = re.compile(
    r"政府|行政|政务|党校|委员会|办公|服务中心|交易中心|[市县区省]委|[局厅署处科所馆站]$|局|法院|检察院|派出所|医院|卫生院|学校"
    r"|[小中大]学(?!区|生)|幼儿园|学院|银行|信用社|公司|集团|厂(?!区|宿)|大厦|写字楼|商务|科技园|产业园|工业园|开发区管|营业厅|会议室"
    r"|窗口|大厅|宾馆|酒店|饭店|商场|超市|协会|中心[大A-Z]?楼|综合楼|机关"
)
OFFICE_LABEL: Final = re.compile(
    r"(?:单位|办公|公司|企业|机构|注册|经营|营业|生产|受理|报名|开标|投标|会议|考试|面试|领取|采购人?|代理机构?|网点|项目)"
    r"(?:地址|地点|住所|场所)[:：]?\s*$"
)
# Labels and endings of homes.
HOME_LABEL: Final = re.compile(
    r"(?:家庭|户籍|户口|居住|现住|原住|暂住|租住|家住|住址|住所|常住|收件|(?<!居)住)[^\s,，。]{0,6}$"
)
HOME: Final = re.compile(r"[组队]|单元|小区|花园|家园|新村|公寓|宿舍|[苑庄]")
