package io.meridian.protocol.api;

/// The errors of the Kafka protocol, as numbers in responses.
public enum ErrorCode {
    UNKNOWN_SERVER_ERROR(-1, false, "The server met an error it has no code for."),
    NONE(0, false, "No error."),
    OFFSET_OUT_OF_RANGE(1, false, "The offset lies outside what the log keeps."),
    CORRUPT_MESSAGE(
            2, true, "A batch fails its checksum, its size is wrong, or its key is missing where one is needed."),
    UNKNOWN_TOPIC_OR_PARTITION(3, true, "This server does not host the topic or partition."),
    INVALID_FETCH_SIZE(4, false, "The fetch size asked for makes no sense."),
    LEADER_NOT_AVAILABLE(5, true, "The partition has no leader yet."),
    NOT_LEADER_OR_FOLLOWER(
            6,
            true,
            "The broker is neither leader nor follower of the partition, or not in the role the request needs."),
    REQUEST_TIMED_OUT(7, true, "The time limit of the request ran out."),
    BROKER_NOT_AVAILABLE(8, false, "The broker is not reachable."),
    REPLICA_NOT_AVAILABLE(9, true, "The replica is not reachable."),
    MESSAGE_TOO_LARGE(10, false, "The request holds a batch larger than the server takes."),
    STALE_CONTROLLER_EPOCH(11, false, "The controller that sent the request has been succeeded."),
    OFFSET_METADATA_TOO_LARGE(12, false, "The text stored beside a committed offset is too long."),
    NETWORK_EXCEPTION(13, true, "The connection broke before the answer came."),
    COORDINATOR_LOAD_IN_PROGRESS(14, true, "The coordinator is still reading its state."),
    COORDINATOR_NOT_AVAILABLE(15, true, "No coordinator can be named at the moment."),
    NOT_COORDINATOR(16, true, "This broker does not coordinate the group or transaction."),
    INVALID_TOPIC_EXCEPTION(17, false, "The topic name is not a valid one."),
    RECORD_LIST_TOO_LARGE(18, false, "The batches are larger than a segment of the log."),
    NOT_ENOUGH_REPLICAS(19, true, "Fewer replicas are in sync than the topic demands, nothing was appended."),
    NOT_ENOUGH_REPLICAS_AFTER_APPEND(20, true, "The batch was appended, but then too few replicas were in sync."),
    INVALID_REQUIRED_ACKS(21, false, "The acknowledgement asked for is none of -1, 0 and 1."),
    ILLEGAL_GENERATION(22, false, "The generation is not the current one of the group."),
    INCONSISTENT_GROUP_PROTOCOL(23, false, "The member shares no protocol or no protocol type with the group."),
    INVALID_GROUP_ID(24, false, "The group id is not a valid one."),
    UNKNOWN_MEMBER_ID(25, false, "The coordinator does not know the member."),
    INVALID_SESSION_TIMEOUT(26, false, "The session timeout lies outside the permitted range."),
    REBALANCE_IN_PROGRESS(27, false, "The group is rebalancing; the member has to join again."),
    INVALID_COMMIT_OFFSET_SIZE(28, false, "The offset commit is too large to be stored."),
    TOPIC_AUTHORIZATION_FAILED(29, false, "The principal may not do this to the topic."),
    GROUP_AUTHORIZATION_FAILED(30, false, "The principal may not do this to the group."),
    CLUSTER_AUTHORIZATION_FAILED(31, false, "The principal may not do this to the cluster."),
    INVALID_TIMESTAMP(32, false, "The timestamp of a record lies outside the permitted range."),
    UNSUPPORTED_SASL_MECHANISM(33, false, "The server does not offer the SASL mechanism."),
    ILLEGAL_SASL_STATE(34, false, "The request does not fit the state of the SASL exchange."),
    UNSUPPORTED_VERSION(35, false, "The server does not speak this version of the API."),
    TOPIC_ALREADY_EXISTS(36, false, "A topic of that name exists."),
    INVALID_PARTITIONS(37, false, "The partition count is not a valid one."),
    INVALID_REPLICATION_FACTOR(38, false, "The replication factor is below 1 or above the number of brokers."),
    INVALID_REPLICA_ASSIGNMENT(39, false, "The assignment of replicas to brokers is not a valid one."),
    INVALID_CONFIG(40, false, "A configuration value is not a valid one."),
    NOT_CONTROLLER(41, true, "This server is not the active controller."),
    INVALID_REQUEST(42, false, "The request contradicts itself or the protocol."),
    UNSUPPORTED_FOR_MESSAGE_FORMAT(43, false, "The message format of the topic's log does not support the request."),
    POLICY_VIOLATION(44, false, "A policy of the cluster forbids the request."),
    OUT_OF_ORDER_SEQUENCE_NUMBER(45, false, "The batch does not continue the producer's sequence."),
    DUPLICATE_SEQUENCE_NUMBER(46, false, "The producer's sequence number was used before."),
    INVALID_PRODUCER_EPOCH(47, false, "The producer epoch is older than the current one."),
    INVALID_TXN_STATE(48, false, "The transaction is not in a state in which this can be done."),
    INVALID_PRODUCER_ID_MAPPING(49, false, "The producer id does not belong to the transactional id."),
    INVALID_TRANSACTION_TIMEOUT(50, false, "The transaction timeout is longer than the server permits."),
    CONCURRENT_TRANSACTIONS(51, true, "Another operation on the same transaction is still in progress."),
    TRANSACTION_COORDINATOR_FENCED(52, false, "The transaction coordinator that wrote the marker has been succeeded."),
    TRANSACTIONAL_ID_AUTHORIZATION_FAILED(53, false, "The principal may not use the transactional id."),
    SECURITY_DISABLED(54, false, "The cluster runs without the security feature asked for."),
    OPERATION_NOT_ATTEMPTED(55, false, "The operation was not tried because another one of the request failed."),
    KAFKA_STORAGE_ERROR(56, true, "The disk that holds the partition failed."),
    LOG_DIR_NOT_FOUND(57, false, "The log directory named is not one of the broker's."),
    SASL_AUTHENTICATION_FAILED(58, false, "The SASL credentials were refused."),
    UNKNOWN_PRODUCER_ID(59, false, "The log holds nothing of the producer any more."),
    REASSIGNMENT_IN_PROGRESS(60, false, "The partition's replicas are being reassigned."),
    DELEGATION_TOKEN_AUTH_DISABLED(61, false, "Delegation tokens are switched off."),
    DELEGATION_TOKEN_NOT_FOUND(62, false, "The server does not know the delegation token."),
    DELEGATION_TOKEN_OWNER_MISMATCH(63, false, "The principal does not own the delegation token."),
    DELEGATION_TOKEN_REQUEST_NOT_ALLOWED(64, false, "The connection's authentication does not permit token requests."),
    DELEGATION_TOKEN_AUTHORIZATION_FAILED(65, false, "The principal may not do this to the delegation token."),
    DELEGATION_TOKEN_EXPIRED(66, false, "The delegation token is past its end."),
    INVALID_PRINCIPAL_TYPE(67, false, "The server does not know the type of principal."),
    NON_EMPTY_GROUP(68, false, "The group still has members."),
    GROUP_ID_NOT_FOUND(69, false, "There is no such group."),
    FETCH_SESSION_ID_NOT_FOUND(70, true, "The fetch session is not in the server's cache."),
    INVALID_FETCH_SESSION_EPOCH(71, true, "The epoch of the fetch session is not the next one."),
    LISTENER_NOT_FOUND(72, true, "The leader has no listener of the name the request came through."),
    TOPIC_DELETION_DISABLED(73, false, "The cluster does not permit deleting topics."),
    FENCED_LEADER_EPOCH(74, true, "The leader epoch is older than the broker's."),
    UNKNOWN_LEADER_EPOCH(75, true, "The leader epoch is newer than the broker's."),
    UNSUPPORTED_COMPRESSION_TYPE(76, false, "The client's version cannot read the compression of the batch."),
    STALE_BROKER_EPOCH(77, false, "The broker epoch is not that of the current registration."),
    OFFSET_NOT_AVAILABLE(78, true, "The new leader's high watermark has not caught up with the offset asked for."),
    MEMBER_ID_REQUIRED(79, false, "The member must join again with the id it was just given."),
    PREFERRED_LEADER_NOT_AVAILABLE(80, true, "The preferred leader cannot lead at the moment."),
    GROUP_MAX_SIZE_REACHED(81, false, "The group has as many members as it may."),
    FENCED_INSTANCE_ID(82, false, "Another member took over the static member id."),
    ELIGIBLE_LEADERS_NOT_AVAILABLE(83, true, "No eligible leader is alive."),
    ELECTION_NOT_NEEDED(84, true, "The partition already has the leader asked for."),
    NO_REASSIGNMENT_IN_PROGRESS(85, false, "No reassignment of the partition is in progress."),
    GROUP_SUBSCRIBED_TO_TOPIC(86, false, "The group still subscribes to the topic."),
    INVALID_RECORD(87, false, "A record was refused by validation."),
    UNSTABLE_OFFSET_COMMIT(88, true, "Offsets of an open transaction are not decided yet."),
    THROTTLING_QUOTA_EXCEEDED(89, true, "A quota is used up."),
    PRODUCER_FENCED(90, false, "A newer producer took over the transactional id."),
    RESOURCE_NOT_FOUND(91, false, "The request names something that does not exist."),
    DUPLICATE_RESOURCE(92, false, "The request names something twice, or something that exists."),
    UNACCEPTABLE_CREDENTIAL(93, false, "The credential does not meet the rules."),
    INCONSISTENT_VOTER_SET(94, false, "The set of voters is not the one the quorum has."),
    INVALID_UPDATE_VERSION(95, false, "The feature level asked for is not a valid one."),
    FEATURE_UPDATE_FAILED(96, false, "The feature levels could not be changed."),
    PRINCIPAL_DESERIALIZATION_FAILURE(97, false, "The forwarded principal could not be read."),
    SNAPSHOT_NOT_FOUND(98, false, "There is no such snapshot."),
    POSITION_OUT_OF_RANGE(99, false, "The position lies outside the snapshot."),
    UNKNOWN_TOPIC_ID(100, true, "This server knows no topic of that id."),
    DUPLICATE_BROKER_REGISTRATION(101, false, "A live broker has registered under the same id."),
    BROKER_ID_NOT_REGISTERED(102, false, "The broker id is not registered."),
    INCONSISTENT_TOPIC_ID(103, true, "The topic id differs from the one in the log."),
    INCONSISTENT_CLUSTER_ID(104, false, "The cluster id differs from that of the server."),
    TRANSACTIONAL_ID_NOT_FOUND(105, false, "There is no such transactional id."),
    FETCH_SESSION_TOPIC_ID_ERROR(106, true, "The fetch session mixes topic ids with topic names."),
    INELIGIBLE_REPLICA(107, false, "The replica may not join the in-sync set."),
    NEW_LEADER_ELECTED(108, false, "The request changed the leader; the sender no longer leads."),
    OFFSET_MOVED_TO_TIERED_STORAGE(109, false, "The offset is now only in tiered storage."),
    FENCED_MEMBER_EPOCH(
            110, false, "The member epoch is not the one the coordinator expects; the member has to rejoin."),
    UNRELEASED_INSTANCE_ID(111, false, "The static member id is still held by a member that has not left."),
    UNSUPPORTED_ASSIGNOR(112, false, "The group's coordinator does not offer the assignor."),
    STALE_MEMBER_EPOCH(113, false, "The member epoch is behind; the member has to learn the new one first."),
    MISMATCHED_ENDPOINT_TYPE(114, false, "The request came to the wrong kind of endpoint."),
    UNSUPPORTED_ENDPOINT_TYPE(115, false, "The server does not know the kind of endpoint."),
    UNKNOWN_CONTROLLER_ID(116, false, "There is no controller of that id."),
    UNKNOWN_SUBSCRIPTION_ID(117, false, "The telemetry subscription is not the current one."),
    TELEMETRY_TOO_LARGE(118, false, "The telemetry report is too large."),
    INVALID_REGISTRATION(119, false, "The controller refuses the registration."),
    TRANSACTION_ABORTABLE(120, false, "The transaction has to be aborted before anything else is done."),
    INVALID_RECORD_STATE(121, false, "The record is not in a state in which this can be done."),
    SHARE_SESSION_NOT_FOUND(122, true, "There is no such share session."),
    INVALID_SHARE_SESSION_EPOCH(123, true, "The epoch of the share session is not the next one."),
    FENCED_STATE_EPOCH(124, false, "The state epoch of the share group's partition is old."),
    INVALID_VOTER_KEY(125, false, "The key of the voter is not the one the quorum has."),
    DUPLICATE_VOTER(126, false, "The voter is already in the set."),
    VOTER_NOT_FOUND(127, false, "The voter is not in the set."),
    INVALID_REGULAR_EXPRESSION(128, false, "The regular expression is not a valid one."),
    REBOOTSTRAP_REQUIRED(129, false, "The client has to start over from its bootstrap servers."),
    STREAMS_INVALID_TOPOLOGY(130, false, "The streams topology is not a valid one."),
    STREAMS_INVALID_TOPOLOGY_EPOCH(131, false, "The epoch of the streams topology is not a valid one."),
    STREAMS_TOPOLOGY_FENCED(132, false, "The streams topology's epoch is older than the group's."),
    SHARE_SESSION_LIMIT_REACHED(133, true, "As many share sessions are open as may be."),
    GROUP_DELETION_FAILED(134, false, "The group could not be deleted."),
    STREAMS_TOPOLOGY_DESCRIPTION_UPDATE_FAILED(
            135, false, "The description of the streams topology could not be stored."),
    CONTROLLER_ID_NOT_REGISTERED(136, false, "The controller id is not registered.");

    private static final ErrorCode[] BY_CODE = values();

    private final short code;
    private final boolean retriable;
    private final String meaning;

    ErrorCode(int code, boolean retriable, String meaning) {
        this.code = (short) code;
        this.retriable = retriable;
        this.meaning = meaning;
    }

    /// The error of that number. A number that we do not know, from a newer peer, is [#UNKNOWN_SERVER_ERROR].
    public static ErrorCode of(short code) {
        int index = code - UNKNOWN_SERVER_ERROR.code;
        return index >= 0 && index < BY_CODE.length ? BY_CODE[index] : UNKNOWN_SERVER_ERROR;
    }

    /// The number on the wire; the constants are in its order, without gaps.
    public short code() {
        return code;
    }

    /// Whether the same request may succeed later, so that clients send it again.
    public boolean isRetriable() {
        return retriable;
    }

    /// One sentence for logs and for responses that carry a text.
    public String meaning() {
        return meaning;
    }
}
