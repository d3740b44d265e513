package io.imaint.store.outbox;

import io.imaint.store.CollectionType;
import io.imaint.store.Document;
import io.imaint.store.replica.Replicas;
import java.util.Locale;

/** What SAP can be asked to do. The words are those of the API and of the store, and never change. */
public enum Command {
    CREATE_NOTIFICATION(Kind.CREATE, Replicas.NOTIFICATIONS),
    CHANGE_NOTIFICATION(Kind.CHANGE, Replicas.NOTIFICATIONS),
    PUT_NOTIFICATION_IN_PROCESS(Kind.ACTION, Replicas.NOTIFICATIONS),
    COMPLETE_NOTIFICATION(Kind.ACTION, Replicas.NOTIFICATIONS),
    ASSIGN_NOTIFICATION_TO_ORDER(Kind.ACTION, Replicas.NOTIFICATIONS),
    CREATE_ORDER(Kind.CREATE, Replicas.WORK_ORDERS),
    CHANGE_ORDER(Kind.CHANGE, Replicas.WORK_ORDERS),
    RELEASE_ORDER(Kind.ACTION, Replicas.WORK_ORDERS),
    COMPLETE_ORDER_TECHNICALLY(Kind.ACTION, Replicas.WORK_ORDERS),
    REOPEN_ORDER(Kind.ACTION, Replicas.WORK_ORDERS),
    ADD_OPERATION(Kind.CREATE, Replicas.OPERATIONS),
    CHANGE_OPERATION(Kind.CHANGE, Replicas.OPERATIONS),
    ADD_COMPONENT(Kind.CREATE, Replicas.COMPONENTS),
    CONFIRM_OPERATION(Kind.CREATE, Replicas.CONFIRMATIONS),
    CANCEL_CONFIRMATION(Kind.ACTION, Replicas.CONFIRMATIONS),
    POST_GOODS_MOVEMENT(Kind.CREATE, Replicas.GOODS_MOVEMENTS),
    CANCEL_GOODS_MOVEMENT(Kind.ACTION, Replicas.GOODS_MOVEMENTS),
    CREATE_MEASUREMENT_DOCUMENT(Kind.CREATE, Replicas.MEASUREMENT_DOCUMENTS),
    CANCEL_MEASUREMENT_DOCUMENT(Kind.CHANGE, Replicas.MEASUREMENT_DOCUMENTS),
    CREATE_TIME_SHEET(Kind.CREATE, Replicas.TIME_SHEETS),
    CHANGE_TIME_SHEET(Kind.CHANGE, Replicas.TIME_SHEETS),
    CANCEL_TIME_SHEET(Kind.CHANGE, Replicas.TIME_SHEETS),
    INSTALL_EQUIPMENT(Kind.ACTION, Replicas.EQUIPMENT),
    DISMANTLE_EQUIPMENT(Kind.ACTION, Replicas.EQUIPMENT),
    RECORD_INSPECTION_RESULT(Kind.CHANGE, Replicas.INSPECTION_CHARACTERISTICS),
    MAKE_USAGE_DECISION(Kind.CREATE, Replicas.USAGE_DECISIONS),
    UPLOAD_ATTACHMENT(Kind.CREATE, Replicas.ATTACHMENTS);

    /** How a command is carried out. */
    public enum Kind {
        /** A new object, which SAP numbers. */
        CREATE,
        /** New values of fields of an object. */
        CHANGE,
        /** A step in an object's life, such as its release. */
        ACTION
    }

    private final Kind kind;
    private final CollectionType<Document> collection;

    Command(Kind kind, CollectionType<Document> collection) {
        this.kind = kind;
        this.collection = collection;
    }

    public Kind kind() {
        return kind;
    }

    /** The collection of the objects that it makes or changes, in whose field names its values are. */
    public CollectionType<Document> collection() {
        return collection;
    }

    /** As stored and shown: {@code create-notification}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
