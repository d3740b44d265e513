package io.imaint.services.portal;

import io.imaint.kernel.http.Description;
import java.util.Map;

/** A language of the portal with its texts. Source of the fields: the schema of the seed. */
record Language(
        @Description("Language tag, such as en") String id,
        @Description("Name in English") String name,

        @Description("Name in the language itself") String nativeName,

        @Description("ltr or rtl") String direction,

        @Description("ICU messages by key") Map<String, String> texts) {
    Language {
        texts = Map.copyOf(texts);
    }
}
