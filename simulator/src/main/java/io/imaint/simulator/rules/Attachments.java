package io.imaint.simulator.rules;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import io.imaint.simulator.state.Change;
import io.imaint.simulator.state.NumberRange;
import io.imaint.simulator.state.Refusal;
import io.imaint.simulator.state.SapMessage;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Files attached to business objects (CV01N). */
final class Attachments {
    /** A long manual or a short film; all are held in memory. */
    static final int BYTES_MAX = 20 * 1024 * 1024;

    private static final int NAME_MAX = 255;
    private static final Pattern MIME_TYPE = Pattern.compile("[a-zA-Z0-9!#$&^_.+-]{1,63}/[a-zA-Z0-9!#$&^_.+-]{1,63}");
    /** Parts of the path before the name, and what no file system likes in one. */
    private static final Pattern PATH = Pattern.compile("^.*[/\\\\]");

    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cntrl}\\p{Cf}<>:\"|?*]");
    private static final String NAMELESS = "attachment";

    private static final String ORIGINAL = "PMA";
    private static final String FIRST_VERSION = "00";
    private static final String FIRST_PART = "000";

    /** SAP's business object types that can have attachments here; two names are in use for functional locations. */
    private static final Map<String, EntitySet> OBJECTS = Map.of(
            "BUS2007", IcwpModel.WORK_ORDER,
            "BUS2038", IcwpModel.NOTIFICATION,
            "BUS0010", IcwpModel.FUNCTIONAL_LOCATION,
            "FUNC_LOC", IcwpModel.FUNCTIONAL_LOCATION,
            "EQUI", IcwpModel.EQUIPMENT);

    private Attachments() {}

    static Row upload(Change change, byte[] content, String mimeType, Map<String, @Nullable Object> given) {
        change.requires("CV01N");
        var attachment = new Draft(IcwpModel.ATTACHMENT, given, Map.of()).row();
        Fields.numberedBySap(attachment, "DOKNR");
        Fields.requires(attachment, "OBJTYPE", "OBJKEY");
        object(change, attachment);
        if (content.length == 0) {
            throw Refusal.business("26/250", "The file is empty");
        }
        if (content.length > BYTES_MAX) {
            throw Refusal.business("26/251", "The file has more than " + BYTES_MAX + " bytes");
        }
        var type = mimeType.split(";", -1)[0].strip();
        if (!MIME_TYPE.matcher(type).matches()) {
            throw Refusal.business("26/252", "The MIME type is not valid", "MIMETYPE");
        }
        var name = name(attachment.text("FILENAME"));
        attachment.set("FILENAME", name).set("MIMETYPE", type).set("FILESIZE", content.length);
        Fields.propose(attachment, "DKTXT", name.substring(0, Math.min(name.length(), 40)));
        Fields.propose(attachment, "DOKAR", ORIGINAL);
        Fields.propose(attachment, "DOKVR", FIRST_VERSION);
        Fields.propose(attachment, "DOKTL", FIRST_PART);
        attachment
                .set("DOKNR", change.next(NumberRange.DOCUMENT))
                .set("PHIO_ID", change.keep(content))
                .set("ERNAM", change.user())
                .set("ERDAT", change.today());
        change.say(SapMessage.success("26/160", "Document " + Fields.shown(attachment.text("DOKNR")) + " saved"));
        return change.put(attachment);
    }

    private static void object(Change change, Row attachment) {
        var type = attachment.text("OBJTYPE");
        var set = OBJECTS.get(type);
        if (set == null) {
            throw Refusal.business("26/253", "Business object type " + type + " has no attachments here", "OBJTYPE");
        }
        var key = set.properties().getFirst().internal(attachment.text("OBJKEY"));
        attachment.set("OBJKEY", key);
        Lookups.unlocked(change, Lookups.referred(change, set, "OBJKEY", key));
    }

    /** The name alone, without the path that some clients send and others send to do harm. */
    private static String name(String given) {
        var name = UNSAFE.matcher(PATH.matcher(given).replaceFirst(""))
                .replaceAll("")
                .strip();
        if (name.chars().allMatch(c -> c == '.')) {
            return NAMELESS;
        }
        return name.length() > NAME_MAX ? name.substring(name.length() - NAME_MAX) : name;
    }
}
