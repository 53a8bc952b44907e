-- One database a service; no service reads another's.
create database reservation;
create database flight;
create database payment;
create database dashboard;
