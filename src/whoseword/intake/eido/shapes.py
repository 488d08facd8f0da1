"""The shapes of an Emergency Incident Data Object (NENA-STA-021.1b, section 2).

Written by hand after the standard's fields, one class a data component. Fields that a newer draft
adds are no error: what is not named here is kept as it came (``checking.Checked.raw``). Times stay
text here; ``checking`` holds them to RFC 3339.
"""

from typing import Any

import msgspec


class Reference(msgspec.Struct, frozen=True, gc=False):
    """The ``$id`` of another component of the same object."""

    ref: str = msgspec.field(name="$ref")


References = tuple[Reference, ...]
Texts = tuple[str, ...]


class Component(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """What every data component begins with: its id, when and by whom it was last changed."""

    id: str = msgspec.field(name="$id")
    last_update_time_stamp: str
    updated_by_agency_reference: Reference
    updated_by_agent_reference: Reference | None = None


class Agency(Component, frozen=True, rename="camel", kw_only=True):
    """An agency that has a part in the incident."""

    agency_jcard: str | None = None
    agency_role_description_registry_text: Texts
    incident_owning_agency_indicator: bool | None = None
    agency_type: Texts
    notes_reference: References = ()


class Agent(Component, frozen=True, rename="camel", kw_only=True):
    """A person or a program that acts for an agency."""

    agent_jcard: str | None = None
    agent_workstation_position_identification: str | None = None
    agent_role_registry_text: Texts
    agency_reference: Reference
    notes_reference: References = ()


class Merge(Component, frozen=True, rename="camel", kw_only=True):
    """An incident that this one was merged with or split from."""

    incident_tracking_identifier: str
    incident_merge_direction_code: str


class Link(Component, frozen=True, rename="camel", kw_only=True):
    """An incident that this one is linked to."""

    incident_tracking_identifier: str
    transaction_reason_text: str | None = None
    involved_agency_reference: Reference | None = None
    link_direction_code: str


class Notes(Component, frozen=True, rename="camel", kw_only=True):
    """A note, in HTML5, and who wrote it."""

    notes_action_comments: str
    agent_reference: Reference | None = None


class AdditionalData(Component, frozen=True, rename="camel", kw_only=True):
    """A block of RFC 7852, by value or by reference."""

    additional_data_by_reference_url: str | None = None
    additional_data_by_value: str | None = None
    url_purpose: str | None = None
    notes_reference: References = ()


class Location(Component, frozen=True, rename="camel", kw_only=True):
    """A place, by value (PIDF-LO) or by reference."""

    location_type_description_registry_text: str
    location_by_value: str | None = None
    location_description_text: str | None = None
    location_by_reference_url: str | None = None
    cross_street_by_value: Texts = ()
    cross_street_by_reference_url: Texts = ()
    intersecting_street_by_value: Texts = ()
    intersecting_street_by_reference_url: Texts = ()
    cell_tower_sector_id: str | None = None
    additional_data_reference: References = ()
    notes_reference: References = ()


class Person(Component, frozen=True, rename="camel", kw_only=True):
    """A person, with the roles that they have in the incident; NIEM tells the rest."""

    nc_person_component: dict[str, Any] | None = None
    person_incident_role_registry_text: Texts
    call_identifier: Texts = ()
    additional_data_reference: References = ()
    location_reference: References = ()
    notes_reference: References = ()
    call_back_reference: Reference | None = None


class Disposition(Component, frozen=True, rename="camel", kw_only=True):
    """How an agency closed the incident."""

    disposition_common_registry_code: str
    disposition_primary_indicator: bool | None = None
    disposition_category_text: str | None = None
    disposition_description_text: str | None = None
    notes_reference: References = ()


class Vehicle(Component, frozen=True, rename="camel", kw_only=True):
    """A vehicle, and how and since when it belongs to the incident; NIEM tells the rest."""

    nc_vehicle_component: dict[str, Any] | None = None
    vehicle_relationship_type: Texts
    vehicle_relationship_time_stamp: str
    additional_data_reference: References = ()
    location_reference: References = ()
    notes_reference: References = ()


class Incident(Component, frozen=True, rename="camel", kw_only=True):
    """The incident as a whole: its type, status, priority and dispositions."""

    incident_type_internal_code: str | None = None
    incident_type_internal_text: str | None = None
    incident_type_common_registry_text: str
    incident_status_internal_text: Texts = ()
    incident_status_common_registry_text: Texts = ()
    internal_incident_id: str | None = None
    agent_reference: References = ()
    location_reference: References = ()
    person_reference: References = ()
    vehicle_reference: References = ()
    document_identification: Texts = ()
    report_number_type: str | None = None
    incident_priority_internal_text: str | None = None
    incident_common_priority_number: int | None = None
    beat_or_dispatch_group_text: str | None = None
    disposition_component: tuple[Disposition, ...] = ()
    notes_reference: References = ()


class UpdatedNumber(Component, frozen=True, rename="camel", kw_only=True):
    """Another number at which somebody can be called back."""

    updated_cbn_identifier_uri: str
    updated_cbn_caller_description: str | None = None


class Call(Component, frozen=True, rename="camel", kw_only=True):
    """A call for help, as an agent received it."""

    related_call_identifier: Texts = ()
    queue_identifier: str | None = None
    standard_primary_call_type: str
    standard_secondary_call_type: str | None = None
    local_call_type: str | None = None
    direction: str
    additional_data_reference: References = ()
    call_start_timestamp: str
    answer_date: str | None = None
    call_state_registry_text: str
    call_back_reference: Reference | None = None
    verstat: str | None = None
    sip_identity: str | None = None
    agent_reference: References = ()
    location_reference: References = ()
    person_reference: References = ()
    notes_reference: References = ()


class Callback(Component, frozen=True, rename="camel", kw_only=True):
    """How to call somebody back."""

    call_back_information_uri: Texts = ()
    device_contact_header: str | None = None
    updated_cbn: UpdatedNumber | None = None


class Resource(Component, frozen=True, rename="camel", kw_only=True):
    """A unit that responds: its type, its people, its status."""

    eta: str | None = None
    emergency_resource_type_common_registry_text: str
    emergency_resource_type_internal_text: str | None = None
    resource_attribute_registry_text: Texts
    emergency_resource_name: str | None = None
    primary_unit_status_registry_text: str
    secondary_unit_status_registry_text: Texts
    notes_reference: References = ()
    unit_status_internal: Texts = ()
    agent_reference: References
    unit_location_reference: Reference | None = None
    unit_destination_reference: Reference | None = None
    person_reference: References = ()
    vehicle_reference: References = ()


class Dispatch(Component, frozen=True, rename="camel", kw_only=True):
    """That units were sent, and by whom."""

    agency_reference: Reference | None = None
    agent_reference: Reference | None = None
    emergency_resource_reference: References = ()
    notes_reference: References = ()


class AlarmsSensors(Component, frozen=True, rename="camel", kw_only=True):
    """What an alarm or a sensor told."""

    csaa_alarm_information: str | None = None
    alarm_url: str | None = None
    agent_reference: Reference | None = None
    notes_reference: References = ()


class Eido(Component, frozen=True, rename="camel", kw_only=True):
    """The whole object: one incident's present state. Its ``$id`` is the incident's."""

    eido_version: str
    issuing_element_identification: str
    merge_component: tuple[Merge, ...] = ()
    link_component: tuple[Link, ...] = ()
    incident_component: Incident | None = None
    call_component: tuple[Call, ...] = ()
    callback_component: tuple[Callback, ...] = ()
    dispatch_component: tuple[Dispatch, ...] = ()
    alarms_sensors_component: tuple[AlarmsSensors, ...] = ()
    agency_component: tuple[Agency, ...]
    agent_component: tuple[Agent, ...] = ()
    notes_component: tuple[Notes, ...] = ()
    additional_data_component: tuple[AdditionalData, ...] = ()
    location_component: tuple[Location, ...] = ()
    person_component: tuple[Person, ...] = ()
    vehicle_component: tuple[Vehicle, ...] = ()
    emergency_resource_component: tuple[Resource, ...] = ()


VERSION = "1.0"
"""The version that 021.1b gives; an object of another is read without its registries."""

REFERS_TO: dict[str, str] = {
    "updatedByAgencyReference": "agencyComponent",
    "agencyReference": "agencyComponent",
    "involvedAgencyReference": "agencyComponent",
    "updatedByAgentReference": "agentComponent",
    "agentReference": "agentComponent",
    "notesReference": "notesComponent",
    "additionalDataReference": "additionalDataComponent",
    "locationReference": "locationComponent",
    "unitLocationReference": "locationComponent",
    "unitDestinationReference": "locationComponent",
    "personReference": "personComponent",
    "vehicleReference": "vehicleComponent",
    "callBackReference": "callbackComponent",
    "emergencyResourceReference": "emergencyResourceComponent",
}
"""The kind of component that each field of references names (section 2)."""

TIMES: frozenset[str] = frozenset(
    {
        "lastUpdateTimeStamp", "callStartTimestamp", "answerDate", "vehicleRelationshipTimeStamp",
        "eta",
    }
)  # fmt: skip
"""The fields that hold a moment."""

URLS: frozenset[str] = frozenset(
    {
        "locationByReferenceUrl", "alarmUrl", "updatedCbnIdentifierUri", "crossStreetByReferenceUrl",
        "intersectingStreetByReferenceUrl", "additionalDataByReferenceUrl",
    }
)  # fmt: skip
"""The fields that hold an address with a scheme."""

WORDS: dict[str, frozenset[str]] = {
    "direction": frozenset({"incoming", "outgoing", "internal"}),
    "incidentMergeDirectionCode": frozenset({"REPLACING", "REPLACED", "SPLIT"}),
    "linkDirectionCode": frozenset({"PARENT", "CHILD", "RELATED", "UNLINK"}),
}
"""The fields whose words stand in the schema itself."""
