import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Promotion {
  readonly name: string;
  readonly text: string;
}

export interface PromotionsFolder {
  /**
   * One entry per text file, sorted by name.
   *
   * @throws Error that names a file which is there and cannot be read
   */
  read(): Promise<Promotion[]>;
}

/** A folder of `.txt` files, read anew each time, so that all replicas that share it see the same. */
export async function openPromotions(folder: string): Promise<PromotionsFolder> {
  await mkdir(folder, { recursive: true });
  return {
    read: async () => {
      const names = (await readdir(folder)).filter((name) => name.endsWith('.txt')).sort();
      const promotions = await Promise.all(names.map((name) => readPromotion(folder, name)));
      return promotions.filter((promotion) => promotion !== undefined);
    },
  };
}

async function readPromotion(folder: string, name: string): Promise<Promotion | undefined> {
  try {
    return { name, text: (await readFile(join(folder, name), 'utf8')).trimEnd() };
  } catch (error) {
    // Removed since the folder was listed, or a folder with the name of a text file.
    const gone =
      error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR');
    if (gone) return undefined;
    // Without the code of the failure, nor its cause: that is how the database's are told.
    throw new Error(`The promotional text cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}
