package io.imaint.services.user;

import io.imaint.kernel.http.Body;
import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Download;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/** The routes that read and write users as a file. */
final class UserFileRoutes implements Routed {
    private final Users users;

    UserFileRoutes(Users users) {
        this.users = users;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("/api/users/import", "Creates and changes users as a CSV file says")
                        .permits(UserRoutes.EDIT)
                        .answers(UserFile.Report.class)
                        .handles(ImportUsers.class, this::read),
                Route.get("/api/users/export", "Downloads all users as a CSV file")
                        .permits(UserRoutes.READ)
                        .downloads()
                        .handles(this::write));
    }

    record ImportUsers(
            @Description("good-lines leaves bad lines out, all-or-nothing then writes nothing, dry-run only reports")
            @Default("good-lines")
            UserFile.Mode mode,

            @Body(sizeMax = UserFile.SIZE_MAX, mediaTypes = UserFile.MEDIA_TYPE) InputStream file) {}

    private UserFile.Report read(ImportUsers asked) {
        try (var in = asked.file) {
            return users.file().read(in.readAllBytes(), asked.mode);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private Download write() {
        var bytes = users.file().written();
        return new Download(
                "users.csv",
                UserFile.MEDIA_TYPE + "; charset=utf-8",
                bytes.length,
                Integer.toHexString(Arrays.hashCode(bytes)),
                offset -> new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset));
    }
}
