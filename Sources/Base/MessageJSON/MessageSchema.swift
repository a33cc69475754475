// SPDX-License-Identifier: Apache-2.0

// What messages are made of, as the descriptors of their proto files tell.

/// Fields of messages, values of enums and methods of services, by full names.
package struct MessageSchema: Sendable {
    /// A kind of value that a field has.
    package enum Kind: Sendable, Hashable {
        case double, float, int64, uint64, int32, fixed64, fixed32, bool, string, bytes, uint32
        case sfixed32, sfixed64, sint32, sint64
        /// A message, by its full name.
        case message(String)
        /// A value of an enum, by the enum's full name.
        case enumeration(String)
    }

    /// A field of a message.
    package struct Field: Sendable, Hashable {
        /// Its name in the proto file.
        package var name = ""
        /// Its name in JSON.
        package var jsonName = ""
        /// Its number.
        package var number = 0
        /// What values it has.
        package var kind = Kind.bool
        /// Whether it is a list or a map.
        package var isRepeated = false
        /// Whether one that is absent is something else than one with the default: members of a
        /// oneof, optional fields, messages.
        package var hasPresence = false
        /// The number of the oneof that it is of; nil for none that one sees.
        package var oneof: Int?
    }

    /// A message.
    package struct Message: Sendable {
        /// Its fields, in the order of the file.
        package var fields: [Field] = []
        /// Whether it is an entry of a map: its fields are key and value.
        package var isMapEntry = false
        /// Places of fields by their numbers.
        var byNumber: [Int: Int] = [:]
        /// Places of fields by both of their names.
        var byName: [String: Int] = [:]
    }

    /// An enum.
    package struct Enumeration: Sendable {
        /// Names by numbers.
        package var names: [Int: String] = [:]
        /// Numbers by names.
        package var numbers: [String: Int] = [:]
    }

    /// A method of a service.
    package struct Method: Sendable {
        /// Its name.
        package var name = ""
        /// The full name of what it takes.
        package var request = ""
        /// The full name of what it gives.
        package var response = ""
        /// Whether it takes or gives a stream.
        package var isStream = false
    }

    /// Messages by full names, without a dot before.
    package internal(set) var messages: [String: Message] = [:]
    /// Enums by full names.
    package internal(set) var enumerations: [String: Enumeration] = [:]
    /// Methods of services by their full names.
    package internal(set) var services: [String: [Method]] = [:]

    /// Knows nothing yet.
    package init() {}
}
