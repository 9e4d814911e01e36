// Three prefixes mean the same modules
import { sha256 } from "purview:crypto";
import { sha256 as z } from "zigttp:crypto";
import { sha256 as t } from "zttp:crypto";
function handler(): Response {
  return Response.json([sha256("a") === z("a"), z("a") === t("a")]);
}
