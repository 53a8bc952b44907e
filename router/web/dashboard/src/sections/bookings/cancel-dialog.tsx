import { Button } from '@mantine/core';
import { useServices } from '../../app/context.ts';
import styles from '../../app/dialog.module.css';
import { Dialog } from '../../app/dialog.tsx';
import { useTexts } from '../../texts/texts.ts';

interface CancelDialogProps {
  readonly id: string;
  readonly cancel: () => void;
  readonly close: () => void;
}

export function CancelDialog({ id, cancel, close }: CancelDialogProps) {
  const { store } = useServices();
  const texts = useTexts();
  const row = store.reservations.get(id)?.row;
  const code = row && store.flights.get(row.flightId)?.row.flightCode;
  return (
    <Dialog heading={texts.bookings.confirmTitle} close={close}>
      <p className={styles.text}>
        {texts.bookings.confirmText(row?.customerId ?? '', code ?? texts.bookings.unknownFlight)}
      </p>
      <div className={styles.buttons}>
        <Button variant="default" onClick={close}>
          {texts.bookings.keep}
        </Button>
        <Button color="red" onClick={cancel}>
          {texts.bookings.confirm}
        </Button>
      </div>
    </Dialog>
  );
}
