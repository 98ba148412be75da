package io.meridian.platform.cli.client;

import io.meridian.platform.terminal.ExitCode;
import io.meridian.platform.terminal.Refused;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.CoordinatorNotAvailableException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.GroupSubscribedToTopicException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicDeletionDisabledException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/// Words and exit codes for what brokers and the client library fail with.
public final class ClientFailure {
    private ClientFailure() {}

    /// One line with the remedy.
    public static Refused refused(Throwable failure, Connection connection) {
        String message = message(failure);
        return switch (failure) {
            case Refused refused -> refused;
            case AuthenticationException _ ->
                Refused.with(
                        ExitCode.NOT_ALLOWED,
                        "not authenticated at " + connection.bootstrap() + ": " + message
                                + "; give credentials with --client-config FILE");
            case AuthorizationException _ ->
                Refused.with(ExitCode.NOT_ALLOWED, "not allowed: " + message + "; ask for the permission it names");
            case TimeoutException _ -> noAnswer(message, connection);
            case DisconnectException _ -> noAnswer(message, connection);
            case CoordinatorNotAvailableException _ -> noAnswer(message, connection);
            case UnsupportedVersionException _ ->
                Refused.couldNot("the broker at " + connection.bootstrap() + " does not offer this: " + message);
            case UnknownTopicOrPartitionException _ ->
                Refused.notFound("unknown topic or partition; `meridian topic list` shows the topics");
            case GroupIdNotFoundException _ -> Refused.notFound(message + "; `meridian group list` shows the groups");
            case TopicExistsException _ -> Refused.with(ExitCode.CONFLICT, message);
            case GroupNotEmptyException _ -> Refused.with(ExitCode.CONFLICT, message);
            case GroupSubscribedToTopicException _ -> Refused.with(ExitCode.CONFLICT, message);
            case TopicDeletionDisabledException _ ->
                Refused.with(ExitCode.CONFLICT, "this cluster deletes no topics (delete.topic.enable=false)");
            case InvalidTopicException _ -> Refused.askedWrongly(message);
            case InvalidConfigurationException _ -> Refused.askedWrongly(message);
            case InvalidPartitionsException _ -> Refused.askedWrongly(message);
            case InvalidRequestException _ -> Refused.askedWrongly(message);
            case PolicyViolationException _ -> Refused.askedWrongly(message);
            case RecordTooLargeException _ ->
                Refused.couldNot(message + "; raise max.request.size with -X, and max.message.bytes of the topic");
            case ApiException _ -> Refused.couldNot(message);
            default -> Refused.couldNot(failure.getClass().getSimpleName() + ": " + message);
        };
    }

    private static Refused noAnswer(String message, Connection connection) {
        return Refused.with(
                ExitCode.NOT_REACHABLE,
                "no answer from " + connection.bootstrap() + " within "
                        + connection.timeout().toSeconds() + " s (" + message
                        + "); is it a Kafka broker, and are the addresses it advertises reachable from here?"
                        + " --timeout SECONDS waits longer");
    }

    /// The message of a failure, or its name when it has none.
    public static String message(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message.strip();
    }
}
