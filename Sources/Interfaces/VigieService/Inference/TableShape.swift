// SPDX-License-Identifier: Apache-2.0

// Which tensors a model takes: one of all its columns of numbers or one for each, and one for each
// of its columns of texts.

internal import Documents
internal import ExactTexts
internal import Scoring
internal import ServiceErrors
internal import VigieProtos

/// The columns of a model as tensors.
struct TableShape {
    let model: ScoringModel
    /// Names of the columns of numbers.
    let numbers: [String]
    /// Names of the columns of texts.
    let texts: [String]
    private let names: Set<ExactText>

    init(_ model: ScoringModel) {
        self.model = model
        numbers = model.inputColumns.filter { $0.categories == nil }.map(\.name)
        texts = model.inputColumns.filter { $0.categories != nil }.map(\.name)
        names = Set(model.inputColumns.map { ExactText($0.name) })
    }

    /// What a tensor is, from its name, type and shape.
    ///
    /// - Throws: What is wrong with it, in the words of Triton where that has any.
    func part(
        _ input: Inference_ModelInferRequest.InferInputTensor,
        at place: Int
    ) throws(ServiceError) -> TensorPlan.Part {
        let field = "inputs[\(place)]"
        guard let type = TensorType(rawValue: input.datatype) else {
            throw .invalid(
                "\(field).datatype",
                "UNKNOWN_DATATYPE",
                "invalid datatype '\(input.datatype.shownInMessages)' for input "
                    + "'\(input.name.shownInMessages)'",
                metadata: ["datatype": input.datatype.shownInMessages]
            )
        }
        let isColumn = names.contains(ExactText(input.name))
        let width = input.shape.count == 2 ? input.shape[1] : 1
        let isFlat = input.shape.count == 1 || input.shape.count == 2 && width == 1
        if isColumn, isFlat {
            let role: TensorPlan.Role = type == .bytes ? .texts : .numbers(width: 1)
            return .init(name: input.name, type: type, role: role)
        }
        let isTable =
            input.shape.count == 2 && width > 0
            && (width == numbers.count || width == model.inputColumns.count)
        if isTable, type != .bytes {
            return .init(name: input.name, type: type, role: .numbers(width: Int(width)))
        }
        throw isColumn || input.name == TensorPlan.tableName
            ? wrongShape(input, isColumn: isColumn, field) : unexpected(input, field)
    }

    /// Binds the columns of tensors.
    ///
    /// - Throws: What is missing or too much.
    func binding(of parts: [TensorPlan.Part]) throws(ServiceError) -> ColumnBinding {
        let columns = try columns(of: parts)
        let texts = parts.filter { $0.type == .bytes }.map(\.name)
        do throws(ScoringError) {
            // Names of nothing would mean all columns.
            guard columns.count + texts.count > 0 else {
                throw ScoringError(code: .missingColumn, message: "The request has no inputs.")
            }
            return try model.bind(columns: columns, textColumns: texts)
        } catch {
            throw .invalid("inputs", Self.reason(error.code), words(error, parts))
        }
    }

    /// The columns of numbers in the order of the tensors.
    private func columns(of parts: [TensorPlan.Part]) throws(ServiceError) -> [String] {
        var columns: [String] = []
        for part in parts {
            guard case .numbers(let width) = part.role else { continue }
            if width == 1, names.contains(ExactText(part.name)) {
                columns.append(part.name)
            } else if width == numbers.count {
                columns += numbers
            } else {
                columns += model.inputColumns.map(\.name)
            }
        }
        guard columns.count <= model.inputColumns.count else {
            throw .invalid(
                "inputs",
                "TOO_MANY_COLUMNS",
                "the inputs for model '\(model.manifest.name)' have \(columns.count) columns; it "
                    + "has \(model.inputColumns.count): send one tensor of all columns or one "
                    + "for each"
            )
        }
        return columns
    }

    private func words(_ error: ScoringError, _ parts: [TensorPlan.Part]) -> String {
        guard error.code == .missingColumn else {
            return "inputs for model '\(model.manifest.name)': \(error.message)"
        }
        let all = numbers.isEmpty ? texts.count : texts.count + 1
        return "expected \(all) inputs but got \(parts.count) inputs for model "
            + "'\(model.manifest.name)'. \(error.message) Send one tensor "
            + "[rows, \(numbers.count)] of all numbers or one tensor for each column."
    }

    private static func reason(_ code: ScoringError.Code) -> String {
        switch code {
        case .unknownColumn: "UNKNOWN_COLUMN"
        case .duplicateColumn: "DUPLICATE_COLUMN"
        case .missingColumn: "MISSING_COLUMN"
        case .wrongColumnKind: "WRONG_COLUMN_KIND"
        default: "TOO_MANY_COLUMNS"
        }
    }

    private func wrongShape(
        _ input: Inference_ModelInferRequest.InferInputTensor,
        isColumn: Bool,
        _ field: String
    ) -> ServiceError {
        // How many rows there are is of no importance here.
        let given = input.shape.enumerated().map { $0 == 1 ? "\($1)" : "-1" }
        return .invalid(
            "\(field).shape",
            "WRONG_SHAPE",
            "unexpected shape for input '\(input.name.shownInMessages)' for model "
                + "'\(model.manifest.name)'. Expected [-1,\(isColumn ? 1 : numbers.count)], got "
                + "[\(given.joined(separator: ","))]"
        )
    }

    private func unexpected(
        _ input: Inference_ModelInferRequest.InferInputTensor,
        _ field: String
    ) -> ServiceError {
        let columns = model.inputColumns.lazy.map(\.name)
        let hint =
            NearestName.among(columns, to: input.name).map { "did you mean '\($0)'?" }
            ?? "send '\(TensorPlan.tableName)' of [-1,\(numbers.count)], or columns by their names"
        return .invalid(
            "\(field).name",
            "UNKNOWN_COLUMN",
            "unexpected inference input '\(input.name.shownInMessages)' for model "
                + "'\(model.manifest.name)'; \(hint)",
            metadata: ["input": input.name.shownInMessages]
        )
    }
}
