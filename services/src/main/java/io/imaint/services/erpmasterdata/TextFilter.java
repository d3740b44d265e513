package io.imaint.services.erpmasterdata;

import io.imaint.store.Condition;
import io.imaint.store.Narrowing;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a list whose texts exist in several languages can be asked for. */
interface TextFilter extends ListFilter {
    String LANGUAGE = "The language of the texts, such as de; without it, and where there is no text in it, that of the"
            + " SAP logon. Each value names the language of its texts";

    String OF_TEXTS = "The language of the description, as SAP writes it, such as DE; null while it is not known";

    String TAG = "[A-Za-z]{2}([-_][A-Za-z0-9]{2,8})*";

    String TAG_WORDS = "a language tag such as de or pt-BR";

    @Nullable
    String language();

    @Nullable
    String text();

    /** What is asked for but for the words. */
    Condition narrowed();

    @Override
    default Condition condition() {
        return new Narrowing().and(narrowed()).text(text()).condition();
    }

    /** The language in SAP's form; empty where none is asked for. */
    default Optional<String> asked() {
        return Optional.ofNullable(language()).map(tag -> tag.substring(0, 2).toUpperCase(Locale.ROOT));
    }
}
