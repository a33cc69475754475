// SPDX-License-Identifier: Apache-2.0

// The log-odds of the event, for models that tell an event from its absence.

internal import Documents
internal import Formulas

extension ONNXGraph {
    /// The register of the second of two class probabilities, or of a single one.
    func eventProbability(_ outputs: [(name: String, tensor: ONNXTensor)]) -> Int? {
        let scores = outputs.filter { $0.tensor.type.isFloatingPoint }
        guard scores.count == 1, let tensor = scores.first?.tensor, tensor.cells.count <= 2,
            case .register(let event)? = tensor.cells.last
        else { return nil }
        return event
    }

    /// The register of the log-odds: of the second of two class probabilities, or of a single one.
    mutating func logOdds(
        _ outputs: [(name: String, tensor: ONNXTensor)]
    ) throws(ModelFormatError) -> Int? {
        let scores = outputs.filter { $0.tensor.type.isFloatingPoint }
        guard let (name, tensor) = scores.first, let event = eventProbability(outputs) else {
            return nil
        }
        let hasTwo = tensor.cells.count == 2
        // What no operator says, the name of the output beside a label may.
        let isNamed = outputs.count > 1 && name.lowercased().contains("prob")
        switch links[event] {
        case .logistic(let score):
            // Two independent probabilities are no event and its absence.
            return !hasTwo || tensor.names != nil || outputs.count > 1 ? score : nil
        case .softmax where hasTwo:
            guard case .register(let other) = tensor.cells[0],
                case .softmax(let against)? = links[other],
                case .softmax(let score)? = links[event]
            else { return nil }
            return try append(.binary(.subtract, score, against))
        default:
            guard hasTwo, isProbability[event] ?? isNamed else { return nil }
            let probability = ONNXCell.register(event)
            let rest = try apply(.subtract, .number(1), probability, .double)
            let odds = try apply(.divide, probability, rest, .double)
            return try register(try apply(.ln, odds, .double))
        }
    }
}
