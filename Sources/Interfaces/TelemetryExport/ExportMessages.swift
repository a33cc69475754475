// SPDX-License-Identifier: Apache-2.0

// What all requests to a collector have in common: the resource, the scope, attributes. Written
// by the field numbers of opentelemetry-proto 1.x (opentelemetry/proto/{common,resource}/v1): the
// tests read them with the generated code of that project.

internal import CommandFiles
internal import ProtobufCoding

/// Who sends.
package struct ExportSource: Sendable {
    /// The name of the service.
    let serviceName: String
    /// The version of the program.
    let version: String
    /// What tells this process from others.
    let instance: String
    /// The name of the machine.
    let host: String

    /// Names the sender.
    package init(serviceName: String, version: String, instance: String, host: String) {
        self.serviceName = serviceName
        self.version = version
        self.instance = instance
        self.host = host
    }
}

/// Tags of fields: their numbers and wire types.
enum Tag {
    static func bytes(_ field: UInt32) -> UInt32 { field << 3 | 2 }
    static func varint(_ field: UInt32) -> UInt32 { field << 3 }
    static func fixed64(_ field: UInt32) -> UInt32 { field << 3 | 1 }
    static func fixed32(_ field: UInt32) -> UInt32 { field << 3 | 5 }
}

extension ProtobufWriter {
    /// A field that holds what `body` writes.
    mutating func nested(_ field: UInt32, _ body: (inout ProtobufWriter) -> Void) {
        let start = open(Tag.bytes(field))
        body(&self)
        close(start)
    }

    /// A field with a text; an empty one is left out.
    mutating func text(_ field: UInt32, _ value: String) {
        guard !value.isEmpty else { return }
        tag(Tag.bytes(field))
        string(value)
    }

    /// A field with a time, in nanoseconds since 1970.
    mutating func time(_ field: UInt32, _ nanoseconds: UInt64) {
        tag(Tag.fixed64(field))
        fixed64(nanoseconds)
    }

    /// A KeyValue with a text.
    mutating func attribute(_ field: UInt32, _ key: String, _ value: String) {
        guard !value.isEmpty else { return }
        nested(field) { pair in
            pair.text(1, key)
            pair.nested(2) { $0.text(1, value) }
        }
    }

    /// A KeyValue with a whole number.
    mutating func attribute(_ field: UInt32, _ key: String, _ value: Int) {
        nested(field) { pair in
            pair.text(1, key)
            pair.nested(2) { any in
                any.tag(Tag.varint(3))
                any.int64(Int64(value))
            }
        }
    }

    /// The one ResourceSpans or ResourceMetrics of a request, with the one scope that `body` fills.
    mutating func resource(_ source: ExportSource, _ body: (inout ProtobufWriter) -> Void) {
        nested(1) { resource in
            resource.nested(1) { attributes in
                attributes.attribute(1, "service.name", source.serviceName)
                attributes.attribute(1, "service.version", source.version)
                attributes.attribute(1, "service.instance.id", source.instance)
                attributes.attribute(1, "host.name", source.host)
            }
            resource.nested(2) { scope in
                scope.nested(1) { library in
                    library.text(1, "vigie")
                    library.text(2, source.version)
                }
                body(&scope)
            }
        }
    }
}
