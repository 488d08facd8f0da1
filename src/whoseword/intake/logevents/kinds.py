"""The kinds of log event, and what each must and may say (NENA-STA-010.3, Logging Service 1.2).

Every kind that the service names is read, so that nothing a peer logs is lost for want of a shape;
what this program itself states is a smaller thing (``telling``). Where the service's own description
contradicts itself, both sides are taken:

- three kinds are spelt in two ways, in its list and in its definitions;
- ``mediaLabal`` was asked for and ``mediaLabel`` defined: neither is asked for here, both are kept;
- a web socket's ``statusCode`` was asked for and ``status`` defined: neither is asked for;
- ``AdditionalAgencyLogEvent`` says ``agencyId`` twice, of who logs and of who is added: whichever
  stands there is checked as an agency's name.

A field that is not named here is kept as it came and not looked into.
"""

from typing import Any, Final, NamedTuple


class Field(NamedTuple):
    """What a field of a kind is called, and whether the kind must have it."""

    name: str
    needed: bool


_CALL = (
    "direction! standardPrimaryCallType standardSecondaryCallType localCallType localUse to from"
)
_QUERY = "text! direction! queryId!"
_ANSWER = "text! direction! responseId! responseStatus"
_LEG = "direction! legCallId targetId changeReason"
_POLICY = "policyOwner! policyType! policyQueueName policyId"
_MERGED = "incidentId! mergeIncidentId!"
_ASKED = "peerId! direction! queryId! expires subscriptionId"
_ENDED = "peerId! direction! subscriptionId! reason!"
_WEB_SOCKET = "peerId! direction! webSocketId!"
_NOTED = "text! direction! protocol"
_FACTORY = "queryId! direction! peerId! generatedURI responseError responseText"

_SAID: Final[dict[str, str]] = {
    "CallProcessLogEvent": "",
    "CallStartLogEvent": _CALL,
    "CallEndLogEvent": _CALL,
    "RecCallStartLogEvent": _CALL,
    "RecCallEndLogEvent": _CALL,
    "CallTransferLogEvent": "target! targetCallIdSip",
    "RouteLogEvent": f"recipientUri! ruleId! {_POLICY} cause",
    "MediaStartLogEvent": "sdp! direction! mediaLabel",
    "MediaEndLogEvent": "mediaLabel mediaQualityStats",
    "RecMediaStartLogEvent": "sdp! direction mediaLabel mediaTranscodeFrom",
    "RecMediaEndLogEvent": "mediaLabel mediaQualityStats mediaTranscodeFrom",
    "RecordingFailedLogEvent": "sdp! reasonCode! reasonText!",
    "MessageLogEvent": "text! direction!",
    "AdditionalAgencyLogEvent": "",
    "IncidentMergeLogEvent": _MERGED,
    "IncidentUnMergeLogEvent": "incidentId! unmergedFromIncidentId!",
    "IncidentSplitLogEvent": "incidentId! type!",
    "IncidentLinkLogEvent": "incidentId! linkedIncidentId! relationship!",
    "IncidentUnLinkLogEvent": "incidentId! unlinkedFromIncidentId!",
    "IncidentClearLogEvent": "incidentId!",
    "IncidentReopenLogEvent": "incidentId!",
    "LostQueryLogEvent": "queryAdapter! direction! queryId! malformedQuery",
    "LostResponseLogEvent": "responseAdapter! direction! responseId! responseStatus malformedResponse",
    "CallSignalingMessageLogEvent": _NOTED,
    "SipRecMetadataLogEvent": "text!",
    "NonRtpMediaMessageLogEvent": _NOTED,
    "AliLocationQueryLogEvent": _QUERY,
    "AliLocationResponseLogEvent": _ANSWER,
    "MalformedMessageLogEvent": "text! ipAddress! explanationText",
    "EidoLogEvent": "direction! peerId body reference subscriptionId",
    "DiscrepancyReportLogEvent": "contents! direction! type!",
    "ElementStateChangeLogEvent": "notificationContents! direction! affectedElementId",
    "ServiceStateChangeLogEvent": "newState! affectedServiceIdentifier! direction! newSecurityPosture",
    "AdditionalDataQueryLogEvent": f"uri! {_QUERY}",
    "AdditionalDataResponseLogEvent": _ANSWER,
    "LocationQueryLogEvent": f"uri! {_QUERY}",
    "LocationResponseLogEvent": _ANSWER,
    "CallStateChangeLogEvent": f"state! {_LEG}",
    "GatewayCallLogEvent": "portTrunkGroup pAni digits direction signallingProtocol legacyCallId",
    "HookflashLogEvent": "lineId",
    "LegacyDigitsLogEvent": "digits! sentReceived! type!",
    "AgentStateChangeLogEvent": "primaryAgentState! secondaryAgentState deviceId",
    "QueueStateChangeLogEvent": "notificationContents! queueId! direction!",
    "KeepAliveFailureLogEvent": "responseStatus!",
    "RouteRuleMsgLogEvent": f"ruleId! priority! message! {_POLICY}",
    "PolicyChangeLogEvent": "policyType! owner! changeType! policyContent! policyStoreId! "
    "policyEditor! policyQueueName policyId",
    "VersionsLogEvent": "source! response!",
    "SubscribeLogEvent": "package! peer! parameter! expiration! response! purpose! direction! "
    "subscriptionId!",
    "AnnouncementStartLogEvent": "announcementType! announcementTag",
    "AnnouncementEndLogEvent": "announcementType! announcementTag",
    "SessionStartLogEvent": _CALL,
    "SessionEndLogEvent": _CALL,
    "SessionStateChangeLogEvent": f"state! legCallId! {_LEG}",
    "EidoDereferenceFactoryQueryLogEvent": "queryId! direction! peerId! incidentId!",
    "EidoDereferenceFactoryQueryResponse": _FACTORY,
    "EidoDereferenceFactoryQueryResponseLogEvent": _FACTORY,
    "SubscriptionRequestedLogEvent": _ASKED,
    "SubscriptionRequested": _ASKED,
    "SubscriptionRequestedResponseLogEvent": "queryId! direction! subscriptionId expires errorCode errorText",
    "SubscriptionTerminatedLogEvent": _ENDED,
    "SubscriptionTerminated": _ENDED,
    "SubscriptionTerminatedResponseLogEvent": "peerId! direction! queryId! subscriptionId! "
    "statusCode! statusText!",
    "EidoDeniedLogEvent": "peerId! incidentId! reasonCode! reasonText!",
    "EidoTransmissionErrorLogEvent": "peerId! transactionId! direction! retries! reasonCode! "
    "reasonText!",
    "WebSocketEstablishedLogEvent": f"{_WEB_SOCKET} status statusDescription!",
    "WebSocketTerminatedLogEvent": f"{_WEB_SOCKET} closeCode! closeText!",
}

KINDS: Final[dict[str, tuple[Field, ...]]] = {
    kind: tuple(
        {
            name.removesuffix("!"): Field(name.removesuffix("!"), name.endswith("!"))
            for name in sorted(said.split(), key=lambda one: one.endswith("!"))
        }.values()
    )
    for kind, said in _SAID.items()
}
"""Each kind with its own fields; a field that is needed anywhere in a kind's list is needed."""

OF_A_CALL: Final = frozenset(
    {
        "CallProcessLogEvent", "CallStartLogEvent", "CallEndLogEvent", "RecCallStartLogEvent",
        "RecCallEndLogEvent", "CallTransferLogEvent", "RouteLogEvent",
        "CallSignalingMessageLogEvent", "SipRecMetadataLogEvent", "CallStateChangeLogEvent",
    }
)  # fmt: skip
"""Kinds that say nothing without the call that they are of."""

_DIRECTIONS: Final = frozenset({"incoming", "outgoing"})
_CALL_TYPES: Final = frozenset(
    {
        "emergency", "nonEmergency", "silentMonitoring", "intervene", "legacyWireline",
        "legacyWireless", "legacyVoip",
    }
)  # fmt: skip
_WORDS: Final[dict[str, frozenset[str]]] = {
    "direction": _DIRECTIONS,
    "standardPrimaryCallType": _CALL_TYPES,
    "standardSecondaryCallType": _CALL_TYPES,
    "relationship": frozenset({"parent", "child", "unspecified"}),
    "sentReceived": frozenset({"sent", "received"}),
    "primaryAgentState": frozenset({"Available", "NotAvailable"}),
    "changeType": frozenset({"CREATE", "UPDATE", "DELETE"}),
    "purpose": frozenset({"initial", "refresh", "terminate"}),
}
_TYPES_OF: Final[dict[str, frozenset[str]]] = {
    "IncidentSplitLogEvent": frozenset({"old", "new"}),
    "LegacyDigitsLogEvent": frozenset({"DTMF", "MF"}),
}
_NUMBERS: Final = frozenset({"priority", "expiration", "expires", "retries", "closeCode"})
_LISTS: Final = frozenset({"mediaLabel", "parameter"})
_OPEN: Final = frozenset({"localUse"})


def flaw_of(kind: str, name: str, value: Any) -> tuple[str, str] | None:
    """What is wrong with the value of a field of a kind, and what to do; None where nothing is."""
    words = _TYPES_OF.get(kind) if name == "type" else _WORDS.get(name)
    if words is not None:
        if isinstance(value, str) and value in words:
            return None
        return f"{value!r:.60} is none of its words", f"use one of {', '.join(sorted(words))}"
    if name in _NUMBERS:
        if isinstance(value, int) and not isinstance(value, bool):
            return None
        return "must be a whole number", "write it without quotes"
    if name in _LISTS:
        return None if isinstance(value, list) else ("must be a list", "write [...]")
    if name in _OPEN:
        if isinstance(value, str | dict):
            return None
        return "must be text or an object", "write {...}"
    return None if isinstance(value, str) else ("must be text", "write it in quotes")
