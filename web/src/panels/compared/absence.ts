// Why there is no figure, where that is known.

import { absenceWords } from "../../format";
import { say } from "../../words";

export const absenceOf = ({ status }: { status: string[] }): string =>
  status.length > 0 ? absenceWords(status) : say("no-figure");
