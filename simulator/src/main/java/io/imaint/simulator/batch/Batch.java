package io.imaint.simulator.batch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.imaint.simulator.batch.Multipart.Part;
import io.imaint.simulator.odata.Answer;
import io.imaint.simulator.odata.ODataFault;
import io.imaint.simulator.odata.ODataRequest;
import io.imaint.simulator.odata.ODataService;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Answers {@code $batch}: the parts one after the other, each with an answer of its own. The requests of a change set are
 * carried out together or, with one answer for all, not at all.
 */
public final class Batch {
    /** What the path ends in, below the service. */
    public static final String PATH = "/$batch";

    /** The largest batch, which is held in memory whole. */
    private static final int BODY_BYTES_MAX = 16 * 1024 * 1024;

    private final ODataService service;
    private final AtomicLong boundaries = new AtomicLong();

    public Batch(ODataService service) {
        this.service = service;
    }

    /**
     * Answers a batch; what is refused of it is refused part by part.
     *
     * @throws ODataFault if it cannot be parted
     */
    public Answer answer(ODataRequest request) {
        if (!request.method().equals("POST")) {
            throw ODataFault.methodNotAllowed(request.method(), "POST");
        }
        if (request.body().length > BODY_BYTES_MAX) {
            throw ODataFault.tooLarge("The batch has more than %d bytes".formatted(BODY_BYTES_MAX));
        }
        var text = new String(request.body(), ISO_8859_1);
        var answers = new BatchAnswer();
        for (var part : Multipart.parse(text, request.headers().first("Content-Type"))) {
            if (Multipart.isMultipart(part.headers().first("Content-Type"))) {
                changeSet(part, request, answers);
            } else {
                read(part, request, answers);
            }
        }
        return answers.whole(boundaries);
    }

    private void read(Part part, ODataRequest batch, BatchAnswer answers) {
        ODataRequest request = batch;
        try {
            request = PartRequest.of(part, batch);
            if (!request.effectiveMethod().equals("GET")) {
                throw ODataFault.body("In a batch, changes belong into a change set");
            }
            answers.add(service.answer(request), "");
        } catch (ODataFault fault) {
            answers.add(refusal(fault, request), "");
        }
    }

    private void changeSet(Part set, ODataRequest batch, BatchAnswer answers) {
        var requests = new ArrayList<ODataService.Part>();
        ODataRequest request = batch;
        try {
            for (var part : Multipart.parse(set.body(), set.headers().first("Content-Type"))) {
                request = PartRequest.of(part, batch);
                requests.add(new ODataService.Part(contentId(part, request), request));
            }
            var done = service.changeSet(requests);
            var ids = requests.stream().map(ODataService.Part::contentId).toList();
            answers.addSet(done, ids, boundaries);
        } catch (ODataFault fault) {
            answers.add(refusal(fault, request), "");
        }
    }

    /** It stands among the headers of the part or of the request. */
    private static String contentId(Part part, ODataRequest request) {
        var outside = part.headers().first("Content-ID");
        var id = outside.isEmpty() ? request.headers().first("Content-ID") : outside;
        if (!id.matches("[A-Za-z0-9_.~-]{0,100}")) {
            throw ODataFault.body("A Content-ID may have letters, digits and _.~- only");
        }
        return id;
    }

    private Answer refusal(ODataFault fault, ODataRequest request) {
        return service.refusal(fault, request.wantsJson() && !request.quirks().xmlErrors());
    }
}
