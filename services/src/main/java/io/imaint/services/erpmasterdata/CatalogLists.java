package io.imaint.services.erpmasterdata;

import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Parameters;
import io.imaint.kernel.http.Pattern;
import io.imaint.kernel.http.Route;
import io.imaint.store.Condition;
import io.imaint.store.Narrowing;
import io.imaint.store.replica.Replicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lists of catalogs, the same in all plants. */
final class CatalogLists {
    private CatalogLists() {}

    static List<Route> routes(TextLists lists) {
        return List.of(
                lists.of(
                        "catalog-profiles",
                        "code groups of catalog profiles",
                        Replicas.CATALOG_PROFILES,
                        CatalogProfile.class,
                        CatalogProfiles.class),
                lists.of(
                        "catalog-codes",
                        "catalog codes",
                        Replicas.CATALOG_CODES,
                        CatalogCode.class,
                        CatalogCodes.class));
    }

    record CatalogProfiles(
            @Description(ListFilter.ALL_PLANTS) @Nullable String plant,

            @Description(TextFilter.LANGUAGE)
            @Pattern(regexp = TextFilter.TAG, description = TextFilter.TAG_WORDS)
            @Nullable
            String language,

            @Description("Catalog profile") @Nullable String catalogProfile,

            @Description("Catalog, such as C for damages") @Nullable
            String catalog,

            @Description("Words or prefixes of words in code group and description") @Nullable
            String text,

            @Parameters ListFilter.Paging paging)
            implements TextFilter {
        CatalogProfiles {
            if (catalog != null && catalogProfile == null) {
                throw new IllegalArgumentException("catalog narrows catalogProfile, which is missing");
            }
        }

        @Override
        public Condition narrowed() {
            return new Narrowing()
                    .equal("catalogProfile", catalogProfile)
                    .equal("catalog", catalog)
                    .condition();
        }
    }

    record CatalogCodes(
            @Description(ListFilter.ALL_PLANTS) @Nullable String plant,

            @Description(TextFilter.LANGUAGE)
            @Pattern(regexp = TextFilter.TAG, description = TextFilter.TAG_WORDS)
            @Nullable
            String language,

            @Description("Catalog, such as C for damages") @Nullable
            String catalog,

            @Description("Code group, of the catalog or, without one, of any") @Nullable
            String codeGroup,

            @Description("Words or prefixes of words in code, code group and their descriptions") @Nullable
            String text,

            @Parameters ListFilter.Paging paging)
            implements TextFilter {
        @Override
        public Condition narrowed() {
            return new Narrowing()
                    .equal("catalog", catalog)
                    .equal("codeGroup", codeGroup)
                    .condition();
        }
    }

    /** A code group that a catalog profile offers. Source: SAP table T352C. */
    record CatalogProfile(
            String catalogProfile,
            String catalog,
            String codeGroup,
            @Nullable String description,

            @Description(TextFilter.OF_TEXTS) @Nullable String language) {}

    /** A code of a catalog. Source: SAP table QPCT. */
    record CatalogCode(
            String catalog,
            String codeGroup,
            @Nullable String codeGroupDescription,

            @Description("The language of codeGroupDescription, as that of description") @Nullable
            String codeGroupLanguage,

            String code,
            @Nullable String description,
            boolean inactive,

            @Description(TextFilter.OF_TEXTS) @Nullable String language) {}
}
