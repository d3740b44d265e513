package io.imaint.integration.management;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.imaint.integration.inbound.IntegrationView;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Versioned;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An integration with its state and its whole definition. */
public record IntegrationDetail(
        @JsonUnwrapped IntegrationView integration,

        @Description("The version that an edit must name. Each edit changes it; runs do not.")
        String version,

        @Description("The definition as the collection Integrations stores it. Edit it and send all of it back.")
        Map<String, @Nullable Object> document) {
    /** An integration as it stands. */
    public static IntegrationDetail of(Definitions.Defined defined) {
        return new IntegrationDetail(defined.view(), defined.version(), DocumentTree.plain(defined.document()));
    }

    /** An integration as it stands, with the version that an edit must name. */
    static Versioned<IntegrationDetail> versioned(Definitions.Defined defined) {
        return new Versioned<>(of(defined), defined.version());
    }
}
