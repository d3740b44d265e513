package io.imaint.simulator.odata;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imaint.simulator.model.IcwpModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * A fault as a SAP Gateway writes it.
 *
 * @param transactionId 32 hexadecimal digits that name the request in SAP's error log
 * @param at when it happened
 */
public record FaultBody(ODataFault fault, String transactionId, Instant at) {
    private static final int CAPACITY_BYTES = 4096;

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss.SSSSSS'0'").withZone(ZoneOffset.UTC);

    private static final String TRANSACTION =
            "Run transaction /IWFND/ERROR_LOG on the SAP Gateway system and look for the timestamp above";
    private static final String NOTE = "See SAP Note 1797736 for error analysis";

    public static String contentType(boolean json) {
        return json ? Answer.JSON : Answer.XML;
    }

    public byte[] bytes(boolean json) {
        return json ? json() : xml();
    }

    private byte[] json() {
        var bytes = new ByteArrayOutputStream();
        var out = new Utf8Writer(bytes, CAPACITY_BYTES);
        try {
            out.ascii("{\"error\":{\"code\":\"");
            out.text(fault.code());
            out.ascii("\",\"message\":{\"lang\":\"en\",\"value\":\"");
            out.text(fault.text());
            out.ascii("\"},\"innererror\":{\"application\":{\"component_id\":\"\",\"service_namespace\":\"/INVICL/\","
                    + "\"service_id\":\"" + IcwpModel.NAMESPACE + "\",\"service_version\":\"0001\"},"
                    + "\"transactionid\":\"" + transactionId + "\",\"timestamp\":\"" + TIMESTAMP.format(at) + "\","
                    + "\"Error_Resolution\":{\"SAP_Transaction\":\"" + TRANSACTION + "\",\"SAP_Note\":\"" + NOTE
                    + "\"},\"errordetails\":[{\"code\":\"");
            out.text(fault.code());
            out.ascii("\",\"message\":\"");
            out.text(fault.text());
            out.ascii("\",\"propertyref\":\"\",\"severity\":\"error\",\"target\":\"\"}]}}}");
            out.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private byte[] xml() {
        return """
                <?xml version="1.0" encoding="utf-8"?>\
                <error xmlns="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata">\
                <code>%s</code><message xml:lang="en">%s</message><innererror><application><component_id/>\
                <service_namespace>/INVICL/</service_namespace><service_id>%s</service_id>\
                <service_version>0001</service_version></application>\
                <transactionid>%s</transactionid><timestamp>%s</timestamp><Error_Resolution>\
                <SAP_Transaction>%s</SAP_Transaction><SAP_Note>%s</SAP_Note></Error_Resolution></innererror></error>""".formatted(
                        Xml.escaped(fault.code()),
                        Xml.escaped(fault.text()),
                        IcwpModel.NAMESPACE,
                        transactionId,
                        TIMESTAMP.format(at),
                        TRANSACTION,
                        NOTE)
                .getBytes(UTF_8);
    }
}
