package io.imaint.services.workorder;

import io.imaint.kernel.http.Description;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/** A material that was issued to an order, or came back from it. Source: SAP tables MKPF, MSEG. */
record GoodsMovement(
        String materialDocument,
        String materialDocumentYear,
        String item,
        @Nullable String movementType,
        @Nullable String material,
        @Nullable String materialDescription,
        @Nullable String stockPlant,
        @Nullable String storageLocation,
        @Nullable String batch,
        @Nullable BigDecimal quantity,
        @Nullable String unit,

        @Description("H for an issue, S for a return") @Nullable
        String debitOrCredit,

        @Nullable String reservation,
        @Nullable String reservationItem,
        @Nullable String text,
        @Nullable String recipient,
        @Nullable LocalDate postingDate,
        @Nullable LocalDate documentDate,
        @Nullable String cancelledDocument,
        @Nullable String cancelledDocumentYear,
        @Nullable String cancelledDocumentItem,
        @Nullable String createdBy,
        @Nullable LocalDate createdOn,
        @Nullable LocalTime createdTime) {}
