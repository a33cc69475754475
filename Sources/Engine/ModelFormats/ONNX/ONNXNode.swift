// SPDX-License-Identifier: Apache-2.0

// One node of the graph: its attributes, read with their errors placed.

internal import Documents
internal import ONNXProtos

/// An operator in the graph, with the version of its domain's operator set.
struct ONNXNode {
    /// The operator, with its domain when that is not ONNX's own.
    let operation: String
    /// Names of its inputs; empty for one that is left out.
    let inputs: [String]
    /// Names of its outputs; empty for one that is not wanted.
    let outputs: [String]
    /// Version of the operator set.
    let version: Int
    /// What errors call it.
    let place: String
    private var attributes: [String: ONNXAttributeProto] = [:]

    /// The node at an index of the graph.
    init(
        _ proto: ONNXNodeProto,
        index: Int,
        versions: ONNXOperatorVersions
    ) throws(ModelFormatError) {
        let domain = ONNXOperatorVersions.normalized(proto.domain)
        operation = domain.isEmpty ? proto.opType : "\(domain).\(proto.opType)"
        inputs = proto.input
        outputs = proto.output
        version = versions[domain]
        let name = proto.name.isEmpty ? "\(index)" : "\"\(proto.name.prefix(80))\""
        place = "node \(name) (\(operation.prefix(80)))"
        for attribute in proto.attribute {
            guard attributes.updateValue(attribute, forKey: attribute.name) == nil else {
                throw malformed("attribute \"\(attribute.name.prefix(80))\" appears twice")
            }
        }
        guard let known = ONNXAttributes.names(of: operation),
            let unknown = attributes.keys.filter({ !known.contains($0) }).min()
        else { return }
        throw unsupported(
            "attribute \"\(unknown.prefix(80))\" is not known and could change every score"
        )
    }

    /// Whether it has the attribute.
    func has(_ name: String) -> Bool { attributes[name] != nil }

    /// A whole number; the default when there is none.
    @inline(never)
    func integer(_ name: String, default fallback: Int = 0) throws(ModelFormatError) -> Int {
        guard let attribute = try attribute(name, type: 2) else { return fallback }
        return Int(attribute.i)
    }

    /// A float32; the default when there is none.
    @inline(never)
    func float(_ name: String, default fallback: Double) throws(ModelFormatError) -> Double {
        guard let attribute = try attribute(name, type: 1) else { return fallback }
        return Double(attribute.f)
    }

    /// A text; the default when there is none.
    @inline(never)
    func text(_ name: String, default fallback: String = "") throws(ModelFormatError) -> String {
        guard let attribute = try attribute(name, type: 3) else { return fallback }
        return try text(attribute.s, of: name)
    }

    /// Whole numbers; none when there is no such attribute.
    @inline(never)
    func integers(_ name: String) throws(ModelFormatError) -> [Int] {
        try attribute(name, type: 7)?.ints.map { Int($0) } ?? []
    }

    /// Float32 numbers; none when there is no such attribute.
    @inline(never)
    func floats(_ name: String) throws(ModelFormatError) -> [Double] {
        try attribute(name, type: 6)?.floats.map { Double($0) } ?? []
    }

    /// Texts; none when there is no such attribute.
    @inline(never)
    func texts(_ name: String) throws(ModelFormatError) -> [String] {
        var texts: [String] = []
        for bytes in try attribute(name, type: 8)?.strings ?? [] {
            texts.append(try text(bytes, of: name))
        }
        return texts
    }

    /// A tensor; nil when there is no such attribute.
    @inline(never)
    func tensor(_ name: String) throws(ModelFormatError) -> ONNXTensorData? {
        guard let attribute = try attribute(name, type: 4) else { return nil }
        return ONNXTensorData(attribute.t, place: "\(place), attribute \"\(name)\"")
    }

    /// An error of the file at this node.
    @inline(never)
    func malformed(_ message: String) -> ModelFormatError {
        ModelFormatError(code: .malformed, place: place, message: message)
    }

    /// Something sound at this node that is not read.
    @inline(never)
    func unsupported(_ message: String) -> ModelFormatError {
        ModelFormatError(code: .unsupported, place: place, message: message)
    }

    /// Files before IR version 2 may leave the type out.
    @inline(never)
    private func attribute(
        _ name: String,
        type: Int32
    ) throws(ModelFormatError) -> ONNXAttributeProto? {
        guard let attribute = attributes[name] else { return nil }
        guard attribute.type == type || attribute.type == 0 else {
            throw malformed("attribute \"\(name)\" is of type \(attribute.type), not \(type)")
        }
        return attribute
    }

    private func text(_ bytes: [UInt8], of name: String) throws(ModelFormatError) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw malformed("attribute \"\(name)\" is not UTF-8")
        }
        return text
    }
}

/// The versions of the operator sets that a file uses.
struct ONNXOperatorVersions {
    private var versions: [String: Int] = [:]

    init(_ imports: [ONNXOperatorSetIdProto]) {
        for set in imports {
            versions[Self.normalized(set.domain)] = Int(set.version)
        }
    }

    /// The version of a domain; 1 when the file does not say.
    subscript(domain: String) -> Int { versions[domain] ?? 1 }

    /// The domain, where ONNX's own has two names.
    static func normalized(_ domain: String) -> String { domain == "ai.onnx" ? "" : domain }
}
