package io.imaint.services.workorder;

import io.imaint.kernel.http.Body;
import io.imaint.kernel.http.Commanded;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Header;
import io.imaint.kernel.http.Length;
import io.imaint.kernel.http.Parameters;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identifiers.PlantCode;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.problem.Failure;
import io.imaint.services.command.CommandContext;
import io.imaint.services.command.CommandHeaders;
import io.imaint.services.command.Expected;
import io.imaint.services.command.NotificationKey;
import io.imaint.services.command.OrderKey;
import io.imaint.services.command.Prepared;
import io.imaint.services.settings.OrganizationSettings;
import io.imaint.store.Contents.Content;
import io.imaint.store.Document;
import io.imaint.store.Store;
import io.imaint.store.outbox.Command;
import io.imaint.store.outbox.CommandPermissions;
import io.imaint.store.outbox.OutboxLine;
import io.imaint.store.replica.Replicas;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Attaches files to orders and notifications. The file is in the store before the command is accepted, and stays there
 * until SAP has it.
 */
final class AttachmentCommands implements Routed {
    private static final System.Logger LOG = System.getLogger(AttachmentCommands.class.getName());

    static final Permission ADD = CommandPermissions.of(Command.UPLOAD_ATTACHMENT);

    private static final String OBJECT_KEY = "objectKey";

    private final CommandContext context;
    private final Store store;
    private final OrganizationSettings settings;
    private final AttachedFiles files;
    private final AttachmentRoom room;

    AttachmentCommands(CommandContext context, Store store) {
        this.context = context;
        this.store = store;
        this.settings = new OrganizationSettings(store);
        this.files = new AttachedFiles(context.seen());
        this.room = new AttachmentRoom(store, context.clock());
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/attachment-limits", "Shows which files may be attached to an object of a plant")
                        .permits(ADD)
                        .answers(AttachmentLimits.class)
                        .handles(Limits.class, asked -> AttachmentLimits.in(settings, asked.plant())),
                Route.post("/api/work-orders/{orderNumber}/documents", "Attaches a file to a work order in SAP")
                        .permits(ADD)
                        .commands(OutboxLine.class)
                        .handles(ToOrder.class, this::toOrder),
                Route.post("/api/notifications/{notification}/documents", "Attaches a file to a notification in SAP")
                        .permits(ADD)
                        .commands(OutboxLine.class)
                        .handles(ToNotification.class, this::toNotification));
    }

    record Limits(
            @Description("The plant of the object; without it, what holds in all plants") @Nullable
            PlantCode plant) {}

    record ToOrder(
            @Path OrderKey orderNumber,

            @Description("The name of the file, with the ending of its type") @Length(min = 1, max = 255)
            String fileName,

            @Length(max = 40) @Nullable String description,
            @Body(sizeMax = AttachmentLimits.SAP_BYTES_MAX) InputStream file,
            @Header("Content-Type") String mediaType,
            @Parameters CommandHeaders headers) {}

    record ToNotification(
            @Path NotificationKey notification,

            @Description("The name of the file, with the ending of its type") @Length(min = 1, max = 255)
            String fileName,

            @Length(max = 40) @Nullable String description,
            @Body(sizeMax = AttachmentLimits.SAP_BYTES_MAX) InputStream file,
            @Header("Content-Type") String mediaType,
            @Parameters CommandHeaders headers) {}

    /** What an upload asks for, by which a repeated one is known. */
    record Upload(
            String objectType,
            String object,
            String fileName,
            @Nullable String description,
            String mediaType,
            String sha256) {}

    private Commanded<OutboxLine> toOrder(ToOrder asked) {
        Supplier<Expected> order = () -> new OrderLookup(context).order(asked.orderNumber());
        var limits = limits(order.get());
        var type = checked(asked.fileName(), asked.mediaType(), limits);
        return attach(
                order,
                AttachedFile.ORDER,
                new Sent(asked.fileName(), asked.description(), type, asked.file(), limits),
                asked.headers());
    }

    private Commanded<OutboxLine> toNotification(ToNotification asked) {
        Supplier<Expected> notification = () -> context.pending()
                .find(Replicas.NOTIFICATIONS, asked.notification().value())
                .orElseThrow(() -> WorkOrderProblem.NOTIFICATION_NOT_FOUND.because(
                        asked.notification().value()));
        var limits = limits(notification.get());
        var type = checked(asked.fileName(), asked.mediaType(), limits);
        return attach(
                notification,
                AttachedFile.NOTIFICATION,
                new Sent(asked.fileName(), asked.description(), type, asked.file(), limits),
                asked.headers());
    }

    /** A file as it arrives. */
    private record Sent(
            String fileName, @Nullable String description, FileType type, InputStream file, AttachmentLimits limits) {}

    private AttachmentLimits limits(Expected object) {
        var plant = object.document().text(Replicas.PLANT).map(PlantCode::new).orElse(null);
        return AttachmentLimits.in(settings, plant);
    }

    /** The type of a file, before its bytes are read. */
    private FileType checked(String fileName, String mediaType, AttachmentLimits limits) {
        var findings = context.findings();
        var type = FileType.named(mediaType).filter(named -> limits.types().contains(named.mediaType()));
        if (type.isEmpty()) {
            findings.add(
                    "",
                    "has the media type '%s', which is not allowed; use one of %s"
                            .formatted(mediaType, String.join(", ", limits.types())));
        } else if (!type.get().mayBeNamed(fileName)) {
            findings.add(
                    "fileName",
                    "is '%s', but a file of type %s ends in .%s"
                            .formatted(
                                    fileName,
                                    type.get().mediaType(),
                                    String.join(" or .", type.get().endings())));
        }
        if (fileName.chars().anyMatch(c -> Character.isISOControl(c) || c == '/' || c == '\\')) {
            findings.add("fileName", "has a character that no file name has; leave out the path");
        }
        findings.throwIfAny();
        return type.orElseThrow();
    }

    /** @param current reads the object as it is, anew each time */
    private Commanded<OutboxLine> attach(
            Supplier<Expected> current, String objectType, Sent sent, CommandHeaders headers) {
        var content = stored(sent);
        var object = current.get();
        var place = objectType + "/" + object.anchor();
        var reserved = new AtomicBoolean();
        var needed = new AtomicBoolean();
        try {
            var upload = new Upload(
                    objectType,
                    object.anchor(),
                    sent.fileName(),
                    sent.description(),
                    content.mediaType(),
                    content.sha256());
            return context.commands().take(Command.UPLOAD_ATTACHMENT, headers, upload, () -> {
                long countMax = sent.limits().countMax();
                requireRoom(
                        room.reserve(place, content.id(), countMax, () -> files.count(current.get(), objectType)),
                        countMax);
                reserved.set(true);
                var prepared = prepared(object, upload, content);
                needed.set(true);
                return prepared;
            });
        } finally {
            if (!needed.get()) { // The request was refused, or repeats one that has its file already.
                store.contents().remove(content.id());
            }
            if (reserved.get()) { // From here on the command is counted, if it was accepted.
                release(place, content.id());
            }
        }
    }

    /** What became of the upload stands already; a reservation that cannot be given back runs out. */
    private void release(String place, String content) {
        try {
            room.release(place, content);
        } catch (Failure failed) {
            LOG.log(Level.DEBUG, "a reserved place is not given back: {0}", failed.line());
        }
    }

    private void requireRoom(long count, long countMax) {
        if (count >= countMax) {
            var findings = context.findings();
            findings.add(
                    "",
                    "has %d files already, and at most %d are allowed; remove one in SAP first"
                            .formatted(count, countMax));
            findings.throwIfAny();
        }
    }

    private Prepared prepared(Expected object, Upload upload, Content content) {
        var values = new Document()
                .put("objectType", upload.objectType())
                .put("fileName", upload.fileName())
                .put("mimeType", content.mediaType())
                .put("sizeBytes", content.size())
                .put(AttachedFiles.CONTENT, content.id());
        if (upload.description() != null) {
            values.put("description", upload.description());
        }
        if (object.numbered()) {
            values.put(OBJECT_KEY, object.anchor());
        }
        return Prepared.about(Command.UPLOAD_ATTACHMENT, object, null, values).referring(OBJECT_KEY, object);
    }

    private Content stored(Sent sent) {
        try {
            var head = sent.file().readNBytes(FileType.HEAD_BYTES);
            var findings = context.findings();
            if (head.length == 0) {
                findings.add("", "is an empty file");
            } else if (!sent.type().isOf(head)) {
                findings.add("", "is no file of type " + sent.type().mediaType());
            }
            findings.throwIfAny();
            var whole = new SequenceInputStream(new ByteArrayInputStream(head), sent.file());
            return store.contents()
                    .put(whole, sent.type().mediaType(), sent.limits().bytesMax());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
