package io.nsqite.sample.web;

import io.nsqite.sample.action.DeliberateFailureException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Answers as RFC 9457 has them: everything that Spring MVC refuses, with the fields named where there are any. */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {

    @ExceptionHandler
    ProblemDetail handle(DeliberateFailureException failure) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.INTERNAL_SERVER_ERROR, String.valueOf(failure.getMessage()));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException invalid, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        List<FieldProblem> problems = invalid.getFieldErrors().stream()
                .map(error -> new FieldProblem(error.getField(), String.valueOf(error.getDefaultMessage())))
                .sorted(Comparator.comparing(FieldProblem::toString))
                .toList();
        return handleExceptionInternal(invalid, describe(status, problems), headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException unreadable,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return UnreadableField.of(unreadable)
                .map(problem -> handleExceptionInternal(
                        unreadable, describe(status, List.of(problem)), headers, status, request))
                .orElseGet(() -> super.handleHttpMessageNotReadable(unreadable, headers, status, request));
    }

    private static ProblemDetail describe(HttpStatusCode status, List<FieldProblem> problems) {
        String detail = problems.stream().map(FieldProblem::toString).collect(Collectors.joining("; "));
        ProblemDetail answer = ProblemDetail.forStatusAndDetail(status, detail);
        answer.setProperty("errors", problems);
        return answer;
    }
}
