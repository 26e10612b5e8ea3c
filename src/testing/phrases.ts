/** Given names and family names of one script, how they are put together, and things people write in it. */
export interface Phrases {
  readonly given: readonly string[];
  readonly family: readonly string[];
  readonly join: (given: string, family: string) => string;
  readonly texts: readonly string[];
  /** Names of groups. */
  readonly groups: readonly string[];
  /** The service's notice that somebody has come into a group. */
  readonly joined: (name: string) => string;
}

const spaced = (given: string, family: string): string => `${given} ${family}`;

/** Common names only, put together at random: they are nobody in particular. */
export const PHRASES: readonly Phrases[] = [
  {
    given: [
      'Ana', 'Ben', 'Chloé', 'Diego', 'Elif', 'Femi', 'Grace', 'Hồng', 'Ines', 'Jonas', 'Kofi', 'Lucía', 'Mia', 'Nils',
      'Olu', 'Paul', 'Quỳnh', 'Rosa', 'Søren', 'Tomás', 'Uma', 'Vera', 'Will', 'Zoë',
    ],
    family: [
      'Alves', 'Berg', 'Çelik', 'Dubois', 'Eze', 'Ferrari', 'Garcia', 'Hansen', 'Ito', 'Jones', 'Kowalska', 'Larsen',
      'Müller', 'Nguyễn', 'Okafor', 'Petit', 'Rossi', 'Smith', 'Török', 'van den Berg', 'Weber', 'Young',
    ],
    join: spaced,
    texts: [
      'See you at eight', 'Thanks, that helped a lot!', 'Can you send me the file again?', 'On my way 🚲', 'ok',
      'The meeting moved to Thursday, half past ten, in the small room on the second floor',
      'https://example.com/minutes', 'Did you get the tickets? 🎟️', 'Haha 😂😂', 'Let me check and come back to you',
    ],
    groups: ['Climbing on Sundays', 'Flat 4B', 'Launch crew', 'Book club 📚', 'Design review', 'Choir'],
    joined: (name) => `${name} joined`,
  },
  {
    given: ['伟', '芳', '娜', '秀英', '敏', '静', '磊', '洋', '艳', '杰'],
    family: ['王', '李', '张', '刘', '陈', '杨', '赵', '黄', '周', '吴'],
    join: (given, family) => family + given,
    texts: ['好的，明天见', '收到，谢谢！', '会议改到周四上午十点半', '你到哪儿了？', '哈哈哈', '文件我已经发到群里了，请大家看一下'],
    groups: ['周末爬山', '项目组', '读书会', '小区业主群'],
    joined: (name) => `${name}加入了群聊`,
  },
  {
    given: ['さくら', '陽菜', '蓮', '葵', '翔太', '美咲', '健', '由美'],
    family: ['佐藤', '鈴木', '高橋', '田中', '伊藤', '渡辺', '山本', '中村'],
    join: spaced,
    texts: ['了解です。ありがとうございます！', 'いま駅に着きました', 'また明日', '資料を確認しました。問題ありません', '🙇‍♀️'],
    groups: ['開発チーム', 'テニス部', '家族'],
    joined: (name) => `${name}が参加しました`,
  },
  {
    given: ['민준', '서연', '지우', '하준', '수아', '지호'],
    family: ['김', '이', '박', '최', '정', '강'],
    join: (given, family) => family + given,
    texts: ['네, 알겠습니다', '지금 출발했어요', '회의는 목요일로 옮겼어요', 'ㅋㅋㅋ', '사진 잘 받았어요. 감사합니다!'],
    groups: ['등산 모임', '프로젝트 팀'],
    joined: (name) => `${name}님이 들어왔습니다`,
  },
  {
    given: ['أحمد', 'فاطمة', 'يوسف', 'ليلى', 'عمر', 'مريم', 'خالد', 'نور'],
    family: ['حسن', 'علي', 'إبراهيم', 'منصور', 'صالح', 'خليل'],
    join: spaced,
    texts: [
      'أراك غدًا إن شاء الله', 'شكرًا جزيلًا!', 'هل وصل الملف؟', 'أنا في الطريق', 'الاجتماع يوم الخميس الساعة 10:30',
    ],
    groups: ['العائلة', 'فريق العمل'],
    joined: (name) => `انضم ${name} إلى المجموعة`,
  },
  {
    given: ['נועה', 'איתי', 'תמר', 'יונתן', 'מאיה', 'דוד', 'שירה'],
    family: ['כהן', 'לוי', 'מזרחי', 'פרץ', 'ביטון', 'פרידמן'],
    join: spaced,
    texts: ['נתראה מחר', 'תודה רבה!', 'אני בדרך', 'הפגישה נדחתה ליום חמישי', 'שלחתי את הקובץ report-2.pdf'],
    groups: ['המשפחה', 'צוות הפיתוח'],
    joined: (name) => `${name} נכנס לקבוצה`,
  },
  {
    given: ['Анна', 'Дмитрий', 'Мария', 'Иван', 'Олена', 'Сергей', 'Ирина', 'Тарас'],
    family: ['Иванова', 'Петренко', 'Соколов', 'Коваленко', 'Морозова', 'Лебедев'],
    join: spaced,
    texts: [
      'До встречи завтра', 'Спасибо большое!', 'Уже еду', 'Совещание перенесли на четверг',
      'Пришлите, пожалуйста, файл',
    ],
    groups: ['Выходные в горах', 'Рабочая группа'],
    joined: (name) => `${name} теперь в группе`,
  },
  {
    given: ['आरव', 'प्रिया', 'रोहन', 'अनन्या', 'विक्रम', 'मीरा', 'संजय'],
    family: ['शर्मा', 'पटेल', 'सिंह', 'गुप्ता', 'वर्मा', 'जोशी'],
    join: spaced,
    texts: ['कल मिलते हैं', 'बहुत धन्यवाद!', 'मैं रास्ते में हूँ', 'बैठक गुरुवार को होगी', 'फ़ाइल मिल गई'],
    groups: ['परिवार', 'क्रिकेट टीम'],
    joined: (name) => `${name} समूह में शामिल हुए`,
  },
];

/** Names of channels. */
export const CHANNELS: readonly string[] = ['Announcements', 'Release notes', '公司公告', 'Новости', 'أخبار', 'Canteen'];

/** Names of conversations with the service itself. */
export const SYSTEMS: readonly string[] = ['System notices', '系统通知', 'Security', 'Friend requests'];

/** Names of files. */
export const FILES: readonly string[] = ['minutes.pdf', 'budget 2025 (final).xlsx', '合同.docx', 'photos.zip', 'דוח.pdf'];

/** What apps hang on conversations. */
export const TAGS: readonly string[] = ['VIP', 'new', 'lead', 'support', 'Berlin', '重要', 'متابعة'];
