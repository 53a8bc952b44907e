import type { Texts } from './en.ts';

const n = (count: number) => count.toLocaleString('ko');

export const connection: Texts['connection'] = {
  connecting: '연결 중',
  connected: '실시간',
  reconnecting: (attempt) => `다시 연결하는 중(${n(attempt)}번째 시도)`,
  offline: '오프라인',
  partial: '일부 지연',
  since: (time) => `${time}부터`,
  offlineBanner:
    '네트워크에 연결되어 있지 않아 이전 내용을 보여 드립니다. 다시 연결되면 자동으로 갱신됩니다.',
  serviceAway: {
    reservation:
      '예약 서비스가 응답하지 않습니다. 예약 내용이 최신이 아닐 수 있고, 예약과 취소를 할 수 없습니다.',
    flight:
      '항공편 서비스가 응답하지 않습니다. 항공편과 남은 좌석이 최신이 아닐 수 있고, 예약 처리가 늦어집니다.',
    payment: '결제 서비스가 응답하지 않습니다. 결제 내용이 최신이 아닐 수 있고, 예약 처리가 늦어집니다.',
    dashboard: '대시보드 서비스가 응답하지 않습니다. 고객, 통계, 처리 과정이 최신이 아닐 수 있습니다.',
  },
  heldUp:
    '예약 처리가 평소보다 늦어지고 있습니다. 서비스 사이의 이벤트가 밀려 있거나 응답하지 않는 서비스가 있습니다. 사라지는 예약은 없으며, 자동으로 이어서 처리됩니다.',
  unpublished:
    '서비스 사이의 이벤트가 밀려 있습니다. 이벤트가 전달될 때까지 예약은 처리 중으로 남습니다. 사라지는 예약은 없으며, 자동으로 이어서 처리됩니다.',
  banner: '서버와 연결이 끊겨 이전 내용을 보여 드립니다. 다시 연결되면 자동으로 갱신됩니다.',
  regained: '다시 연결되었습니다. 최신 내용입니다.',
};

export const problem: Texts['problem'] = {
  title: '내용을 불러오지 못했습니다',
  stale: '최신 내용이 아닐 수 있습니다',
  retrying: '자동으로 다시 시도합니다.',
  retry: '다시 시도',
  NETWORK: '서버가 응답하지 않았습니다.',
  PAGE_FAILED: '이 페이지에 문제가 생겼습니다. 페이지를 새로고침하세요.',
  SUBGRAPH_UNAVAILABLE: '담당 서비스가 지금 응답하지 않습니다.',
  RATE_LIMITED: '요청이 너무 많습니다. 잠시 후 다시 시도하세요.',
  TRY_AGAIN_LATER: '담당 서비스가 지금 작업을 처리할 수 없습니다. 잠시 후 다시 시도하세요.',
  INTERNAL_SERVER_ERROR: '서버에 문제가 생겼습니다.',
  UNAUTHENTICATED: '로그인이 필요합니다.',
  FORBIDDEN: '권한이 없습니다.',
  NOT_FOUND: '없는 항목입니다.',
  IDEMPOTENCY_KEY_REUSED: '같은 요청이 다른 내용으로 전송되었습니다. 다시 시도하세요.',
};
