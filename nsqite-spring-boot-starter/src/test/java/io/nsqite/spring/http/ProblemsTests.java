package io.nsqite.spring.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.error.DatabaseException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.function.ServerRequest;

/** What a client is told of a failure of the server, and what the log is. */
@ExtendWith(OutputCaptureExtension.class)
class ProblemsTests {

    private final MockHttpServletRequest request = new MockHttpServletRequest("POST", "/nsqite/topics");

    private MockHttpServletResponse answer(Throwable failure) throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();
        Problems.answer(failure, ServerRequest.create(request, List.of())).writeTo(request, response, List::of);
        assertThat(response.getContentType()).isEqualTo("application/problem+json");
        assertThat(response.getContentAsString(StandardCharsets.UTF_8)).doesNotContain("secret", "Exception");
        return response;
    }

    @Test
    void aFaultIsLoggedAndNotTold(CapturedOutput output) throws Exception {
        assertThat(answer(new CompletionException(new IllegalStateException("secret")))
                        .getStatus())
                .isEqualTo(500);
        assertThat(output).contains("POST /nsqite/topics", "IllegalStateException: secret");
    }

    @Test
    void aDatabaseThatRefusesIsAskedLater() throws Exception {
        assertThat(answer(new DatabaseException("secret", new SQLException("secret")))
                        .getStatus())
                .isEqualTo(503);
        assertThat(answer(new CannotAcquireLockException("secret")).getStatus()).isEqualTo(503);
    }
}
