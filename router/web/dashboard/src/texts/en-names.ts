export const services: Readonly<Record<string, string>> = {
  reservation: 'Reservation',
  flight: 'Flight',
  payment: 'Payment',
  dashboard: 'Dashboard',
};

export const events: Readonly<Record<string, string>> = {
  ReservationPlaced: 'Reservation placed',
  RemainingSeatsDecreased: 'Seats held',
  SeatsSoldOut: 'Seats refused',
  Paid: 'Paid',
  PaymentDeclined: 'Payment declined',
  ReservationSucceeded: 'Reservation succeeded',
  ReservationCanceled: 'Reservation canceled',
  RemainingSeatsIncreased: 'Seats released',
  PaymentRefunded: 'Payment refunded',
  FlightRegistered: 'Flight registered',
  FlightUpdated: 'Flight changed',
  CustomerInfoUpdated: 'Figures of a customer changed',
};
