import { Alert } from '@mantine/core';
import type { ReactNode } from 'react';

/** Why a form could not be done as a whole. */
export function FormError({ title, children }: { readonly title?: string; readonly children: ReactNode }) {
  return (
    <Alert role="alert" color="red" variant="light" p="sm" {...(title !== undefined && { title })}>
      {children}
    </Alert>
  );
}
