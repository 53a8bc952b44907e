export const services: Readonly<Record<string, string>> = {
  reservation: '예약',
  flight: '항공편',
  payment: '결제',
  dashboard: '대시보드',
};

export const events: Readonly<Record<string, string>> = {
  ReservationPlaced: '예약 접수',
  RemainingSeatsDecreased: '좌석 확보',
  SeatsSoldOut: '좌석 부족',
  Paid: '결제 완료',
  PaymentDeclined: '결제 거절',
  ReservationSucceeded: '예약 확정',
  ReservationCanceled: '예약 취소',
  RemainingSeatsIncreased: '좌석 반환',
  PaymentRefunded: '환불 완료',
  FlightRegistered: '항공편 등록',
  FlightUpdated: '항공편 변경',
  CustomerInfoUpdated: '고객 통계 변경',
};
