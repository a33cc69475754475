// SPDX-License-Identifier: Apache-2.0

// Reads the input as an answer of a server: the first byte says of what kind. What is accepted
// is used: nothing of it may lead astray. Compiled into the module, so that nothing has to be
// opened for that.

internal import Forest
internal import NIOCore
internal import ProtobufCoding
internal import VigieProtos

/// Called by libFuzzer with each input.
@_cdecl("vigie_fuzz_answers")
public func fuzzAnswers(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count > 1 else { return 0 }
    let bytes = [UInt8](UnsafeBufferPointer(start: start + 1, count: count - 1))
    let hasReasons = start[0] & 16 != 0
    switch start[0] & 7 {
    case 0:
        let buffer = ByteBuffer(bytes: bytes)
        let answer = try? ResponseDecoding.response(buffer, hasReasons: hasReasons)
        if let (model, block) = answer { use(block, of: model) }
    case 1:
        let buffer = ByteBuffer(bytes: bytes)
        let answer = try? ResponseDecoding.streamMessage(buffer, hasReasons: hasReasons)
        if case .block(let block) = answer { use(block, of: identity) }
    case 2:
        if let message = try? Vigie_V1_GetQuantiserResponse(serializedBytes: bytes) {
            use(message)
        }
    case 3:
        if let message = try? Vigie_V1_DescribeModelResponse(serializedBytes: bytes) {
            let model = ModelDescription(message.model)
            precondition(model.inputs.count == message.model.inputs.count)
        }
    case 4:
        if let page = try? Vigie_V1_ListModelsResponse(serializedBytes: bytes) {
            precondition(page.models.map(ModelSummary.init).count == page.models.count)
        }
    case 6:
        if let message = try? Vigie_V1_AssessResponse(serializedBytes: bytes) {
            let labels = AssessmentLabels(message.context)
            let assessment = CompanyAssessment(message.assessment, labels)
            precondition(assessment.findings.count == message.assessment.findings.count)
        }
    case 7:
        if let message = try? Vigie_V1_ReadPapersResponse(serializedBytes: bytes),
            let papers = PapersRead(message)
        {
            // What is taken for facts can be sent on.
            var encoder = FactEncoder()
            precondition(papers.companies.allSatisfy { encoder.message($0) != nil })
        }
    default:
        let details = StatusDetails(bytes)
        precondition(details.retryDelay.map { $0 >= .zero } ?? true, "a wait that is over")
    }
    return 0
}

/// An identity for blocks that come without one.
private let identity = ModelIdentity(name: "fuzz")

/// Looks at all rows.
private func use(_ block: DecodedBlock, of model: ModelIdentity) {
    let text = LocalizedText(english: "")
    let feature = ModelFeature(
        name: "f",
        expression: nil,
        description: text,
        reasonWhenRaising: text,
        reasonWhenLowering: text,
        unit: ""
    )
    for columns in [[], ["a", "b", "c"]] {
        guard
            let table = try? ScoredTable(
                model: model,
                features: [feature, feature, feature],
                columns: columns,
                block: block,
                encoding: .float64
            )
        else { continue }
        // A block may say that it has any number of rows: callers know how many they sent.
        for row in 0..<min(table.rowCount, 1_000) {
            let score = table[row]
            precondition(score.outcome == .scored || score.score == nil)
        }
    }
}

/// Quantises rows as the quantiser itself defines it.
private func use(_ message: Vigie_V1_GetQuantiserResponse) {
    guard let fetched = try? FetchedQuantiser(message) else { return }
    let names = message.quantiser.columns.map(\.inputName)
    let width = Int(message.quantiser.inputCount)
    guard width <= 64 else { return }
    for names in [[], Array(names.prefix(width)), (0..<width).map { "c\($0)" }] {
        guard names.isEmpty || names.count == width,
            let bound = fetched.bound(to: names, count: width)
        else { continue }
        let values = (0..<3 * width).map { $0 % 7 == 3 ? .nan : Float($0) - 4 }
        for values in [FeatureTable.Values.float32(values), .float64(values.map(Double.init))] {
            var bins = [UInt8](repeating: 0, count: 3 * bound.rowBytes)
            let isExact = bins.withUnsafeMutableBufferPointer { bins in
                bins.baseAddress.map { bound.quantise(values, rowCount: 3, into: $0) } ?? true
            }
            precondition(isExact, "small whole numbers were rounded")
        }
    }
}
