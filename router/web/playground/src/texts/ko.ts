import type { Texts } from './en.ts';

const n = (count: number) => count.toLocaleString('ko');

export const ko: Texts = {
  title: '항공',
  name: '플레이그라운드',
  desk: '대시보드',
  language: '언어',
  loading: '편집기를 불러오는 중입니다.',
  notices: {
    introspectionOff:
      '이 라우터는 인트로스펙션이 꺼져 있어 문서, 자동 완성, 검증을 쓸 수 없습니다. 실행은 됩니다. 켜려면 라우터를 INTROSPECTION=true로 시작하세요.',
    signedOut:
      '로그인하지 않아 문서, 자동 완성, 검증을 쓸 수 없고 공개된 항목만 실행됩니다. 로그인하거나 헤더에 토큰을 입력하세요.',
    schemaRefused:
      '라우터가 스키마 요청을 거부했습니다. 헤더에 입력한 토큰 때문이라면 고친 뒤 ‘스키마 다시 불러오기’를 누르세요.',
    unreachable: '라우터가 응답하지 않습니다. 복구되면 다시 실행하거나 ‘스키마 다시 불러오기’를 누르세요.',
    interrupted: '구독이 끊겼습니다. 라우터가 복구되면 빠짐없이 이어집니다.',
  },
  cases: {
    RegisterFlight: {
      title: '좌석이 다섯인 항공편',
      about:
        '탭을 왼쪽부터 차례로 실행하세요. ID를 복사할 필요가 없습니다. {{LATEST_FLIGHT}}와 {{LATEST_RESERVATION}}은 이 브라우저에서 마지막으로 등록한 항공편과 예약입니다.',
    },
    SoldOut: {
      title: '사례 1: 매진',
      about:
        '다섯 석 중 세 석은 SUCCEED, 세 석을 더 예약하면 CANCELED, SEATS_SOLD_OUT입니다. 두 석이 남습니다.',
    },
    AnotherFlight: {
      title: '사례 2의 항공편',
      about: '다시 좌석이 다섯인 항공편입니다. 이후 사례는 이 항공편을 사용합니다.',
    },
    EverySeat: {
      title: '사례 2: 전 좌석 예약',
      about: '고객 두 명이 다섯 석을 모두 예약합니다. 예약 세 건이 모두 SUCCEED이고 남은 좌석은 없습니다.',
    },
    Counts: {
      title: '사례 2: 고객별 횟수',
      about: '고객 1은 한 번(2024-11-11), 고객 2는 두 번(최근 2024-12-25) 예약했고 남은 좌석은 없습니다.',
    },
    Cancel: {
      title: '사례 3: 취소',
      about: '마지막 예약은 사례 2의 고객 1이 한 예약입니다. 좌석이 풀리고 결제가 환불됩니다.',
    },
    CountsAfterwards: {
      title: '사례 3: 취소 후 횟수',
      about: '고객 1의 예약 횟수는 그대로 한 번이고, 취소가 한 건이며, 세 석이 다시 비었습니다.',
    },
    History: { title: '진행 과정', about: '그 예약이 여러 서비스에서 처리된 단계를 순서대로 보여 줍니다.' },
    Departed: {
      title: '사례 4: 출발 후',
      about: '예약일이 출발일보다 늦으면 CANCELED, FLIGHT_DEPARTED입니다. 두 날짜 모두 과거여도 됩니다.',
    },
    Promotions: {
      title: '사례 5: 프로모션',
      about:
        '항공편 서비스의 모든 복제본이 함께 쓰는 프로모션 폴더의 텍스트 파일입니다. 파일을 넣고 다시 실행해 보세요.',
    },
    AcrossServices: {
      title: '쿼리 하나, 서비스 넷',
      about: '항공편과 그 예약, 결제 내역, 고객별 예약 횟수를 한 번에 조회합니다.',
    },
    Deferred: {
      title: '나중에 오는 부분',
      about: '항공편이 먼저 오고, 예약과 결제는 준비되는 대로 따로 옵니다.',
    },
    Watch: {
      title: '구독',
      about: '고객의 횟수가 바뀔 때마다 전달됩니다. 다른 탭을 고르면 끝나므로 다른 창에서 예약하세요.',
    },
  },
  signIn: {
    open: '개방: 누구나 모든 작업 가능',
    anonymous: '로그인하지 않음',
    account: (name, roles) => `${name}(으)로 로그인됨 (${roles})`,
    roles: { customer: '고객', staff: '직원', operator: '운영자' },
    expired: '로그인이 만료되었습니다. 입력한 내용은 그대로 남습니다.',
    unavailable: '로그인 서비스가 응답하지 않습니다. 잠시 후 다시 시도하세요.',
    signIn: '로그인',
    again: '다시 로그인',
    signOut: '로그아웃',
  },
  tabs: { label: '작업', untitled: '제목 없음', add: '새 탭', close: (name) => `${name} 닫기` },
  editor: {
    operation: '작업',
    run: '실행',
    stop: '중지',
    which: '실행할 작업',
    variables: '변수',
    headers: '헤더',
    more: '변수와 헤더',
    format: '정렬',
    copyLink: '링크 복사',
    copyCurl: 'cURL로 복사',
    copied: '복사했습니다.',
    notCopied: '브라우저가 복사를 허용하지 않았습니다.',
    notJson: '변수나 헤더가 JSON이 아닙니다.',
  },
  response: {
    label: '응답',
    result: '결과',
    none: (reason) => `작업을 보내지 못했거나 응답을 받지 못했습니다: ${reason}.`,
    strange: (status, text) => `응답이 JSON이 아닙니다(상태 ${status}): ${text}`,
    refused: '라우터가 토큰을 거부했습니다.',
    closed: (reason) => `라우터가 구독 연결을 닫았습니다: ${reason}.`,
    failed: (reason) => `구독에 실패했습니다: ${reason}.`,
    status: '상태',
    time: '시간',
    size: '크기',
    bytes: (count) => (count < 1000 ? `${n(count)} B` : `${n(Math.round(count / 100) / 10)} kB`),
    ms: (ms) => (ms < 10 ? `${n(Math.round(ms * 10) / 10)} ms` : `${n(Math.round(ms))} ms`),
    running: '실행 중',
    headers: '헤더',
    plan: '실행 계획',
    parts: '부분',
    events: '이벤트',
    nothing: '작업을 실행하면 과정이 여기에 표시됩니다.',
    noHeaders: '구독에는 따로 헤더가 없습니다.',
    noParts: '응답이 한 번에 왔습니다. @defer로 표시한 부분은 따로 옵니다.',
    noEvents: '아직 이벤트가 없습니다.',
    pause: '일시 정지',
    resume: '계속',
    held: (count) => `새 이벤트 ${n(count)}건`,
    part: (number) => `${n(number)}`,
  },
  plan: {
    ask: '실행 계획 요청',
    none: '실행 계획이 없습니다. 요청하지 않았거나, 이 라우터가 보여 주지 않거나, 구독입니다.',
    noFetch: '서브그래프에 보낸 요청이 없습니다.',
    trace: '트레이스',
    noTrace: '트레이스가 꺼져 있습니다.',
    kinds: { Sequence: '순서대로', Parallel: '동시에', Defer: '첫 부분' },
    deferred: (label) => `나중에: ${label}`,
    unnamed: '레이블 없음',
    at: (path) => `위치 ${path}`,
    notSent: '보내지 않았거나 끝나지 않음',
    from: (start) => `${start}부터`,
  },
  panels: {
    label: '도구',
    close: '닫기',
    build: '만들기',
    docs: '스키마',
    collections: '모음',
    history: '기록',
    environment: '환경',
  },
  build: {
    noSchema: '스키마가 없어 고를 항목이 없습니다.',
    broken: '작업을 읽을 수 없습니다. 편집기에서 고치거나 새 탭을 여세요.',
    query: '쿼리',
    mutation: '뮤테이션',
    subscription: '구독',
    arguments: (field) => `${field}의 인자`,
    newTab: '다른 종류의 필드는 새 탭에서 열립니다.',
  },
  docs: {
    search: '타입과 필드 검색',
    download: 'SDL 내려받기',
    reload: '스키마 다시 불러오기',
    back: '뒤로',
    roots: '작업의 시작점',
    types: '모든 타입',
    fields: '필드',
    values: '값',
    possible: '타입',
    arguments: '인자',
    deprecated: (reason) => `사용 중단: ${reason}`,
    nothing: '이 이름을 가진 항목이 없습니다.',
    loading: '스키마를 불러오는 중입니다.',
    failed: '스키마를 불러오지 못했습니다.',
  },
  collections: {
    cases: '인수 테스트 사례, 왼쪽부터 차례로',
    name: '이름',
    collection: '모음',
    mine: '내 모음',
    save: '이 작업 저장',
    remove: (name) => `${name} 삭제`,
  },
  history: {
    empty: '실행한 작업이 여기에 쌓입니다. 헤더는 저장하지 않습니다.',
    clear: '모두 지우기',
    failed: '오류 있음',
  },
  environment: {
    about:
      '변수와 헤더에서 {{TOKEN}}처럼 이중 중괄호로 쓴 이름은 값으로 바뀝니다. 값은 이 브라우저에만 저장됩니다.',
    name: '이름',
    value: '값',
    add: '추가',
    remove: (name) => `${name} 삭제`,
    unknown: (name) => `환경에 ${name} 값이 없습니다. 환경에 추가하거나 다른 값으로 바꾸세요.`,
    notLearned: (name) =>
      name === 'LATEST_FLIGHT'
        ? '아직 LATEST_FLIGHT 값이 없습니다. 먼저 이 페이지에서 항공편을 등록하거나 환경에 그 이름으로 ID를 추가하세요.'
        : '아직 LATEST_RESERVATION 값이 없습니다. 먼저 이 페이지에서 예약하거나 환경에 그 이름으로 ID를 추가하세요.',
  },
};
