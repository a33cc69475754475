# SPDX-License-Identifier: Apache-2.0
"""Small graphs made by hand: what no converter writes, but some file may hold."""

import numpy
from onnx import TensorProto as Type
from onnx import helper

ML = "ai.onnx.ml"
NUMPY = {Type.FLOAT: numpy.float32, Type.DOUBLE: numpy.float64, Type.INT64: numpy.int64}


def graph(nodes, outputs, columns=3, type=Type.FLOAT, initializers=(), opset=17, ml=3):
    """A model with the input X of some columns; outputs are name and type."""
    values = [helper.make_tensor_value_info(name, kind, None) for name, kind in outputs]
    x = helper.make_tensor_value_info("X", type, [None, columns])
    body = helper.make_graph(nodes, "graph", [x], values, list(initializers))
    sets = [helper.make_opsetid("", opset), helper.make_opsetid(ML, ml)]
    return helper.make_model(body, opset_imports=sets, ir_version=9)


def rows(count, columns=3, type=Type.FLOAT):
    random = numpy.random.default_rng(columns)
    return (2 * random.normal(size=(count, columns))).astype(NUMPY[type])


def fixed(name, values, type=Type.FLOAT):
    array = numpy.array(values)
    return helper.make_tensor(name, type, array.shape, array.ravel().tolist())


def node(operation, inputs, output="Y", **attributes):
    outputs = output if isinstance(output, list) else [output]
    return helper.make_node(operation, inputs, outputs, **attributes)


def learned(operation, inputs, output="Y", **attributes):
    return node(operation, inputs, output, domain=ML, **attributes)


def tree_lists(modes, values, features=None, tracks=None):
    """A tree that is a chain: each node's true side is a leaf. Node attributes and leaf numbers."""
    count = len(modes)
    lists = {
        "nodes_treeids": [0] * (2 * count + 1),
        "nodes_nodeids": list(range(2 * count + 1)),
        "nodes_featureids": (features or [0] * count) + [0] * (count + 1),
        "nodes_modes": list(modes) + ["LEAF"] * (count + 1),
        "nodes_values": list(values) + [0.0] * (count + 1),
        "nodes_truenodeids": [count + i for i in range(count)] + [0] * (count + 1),
        "nodes_falsenodeids": [i + 1 for i in range(count - 1)] + [2 * count] + [0] * (count + 1)}
    if tracks:
        lists["nodes_missing_value_tracks_true"] = tracks + [0] * (count + 1)
    return lists, list(range(count, 2 * count + 1))


ALL_MODES = ["BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE", "BRANCH_GT", "BRANCH_EQ", "BRANCH_NEQ"]


def trees(count):
    """TreeEnsembleRegressor and TreeEnsembleClassifier."""
    for mode in ALL_MODES:
        for tracks in (0, 1):
            lists, leaves = tree_lists([mode, mode], [0.5, 0.0], [0, 1], [tracks, tracks])
            yield f"mode_{mode[7:].lower()}_{tracks}", graph([learned(
                "TreeEnsembleRegressor", ["X"], n_targets=1, target_treeids=[0] * 3,
                target_nodeids=leaves, target_ids=[0] * 3, target_weights=[1.0, 2.0, 4.0],
                **lists)], [("Y", Type.FLOAT)]), {"X": rows(count)}, True
    edges = [-float("inf"), float("nan"), float("inf")]
    for place, edge in enumerate(edges):
        lists, leaves = tree_lists(ALL_MODES, [edge] * 6, [0, 1, 2, 0, 1, 2])
        yield f"mode_edge_{place}", graph([learned(
            "TreeEnsembleRegressor", ["X"], n_targets=1, target_treeids=[0] * 7,
            target_nodeids=leaves, target_ids=[0] * 7, target_weights=[2.0**i for i in range(7)],
            **lists)], [("Y", Type.FLOAT)]), {"X": rows(count)}, True
    for aggregate in ("SUM", "AVERAGE", "MIN", "MAX"):
        for transform in ("NONE", "LOGISTIC", "SOFTMAX", "SOFTMAX_ZERO", "PROBIT"):
            for targets in (1, 2):
                if aggregate == "SUM" or transform in ("NONE", "PROBIT"):
                    yield regressor(count, aggregate, transform, targets)
    for transform in ("NONE", "LOGISTIC", "SOFTMAX", "SOFTMAX_ZERO"):
        for name, weights in (("positive", [0.2, 0.7, 0.4]), ("mixed", [-0.2, 0.7, 0.4])):
            for base in ([], [0.15]):
                yield classifier(count, transform, name, [0] * 3, weights, base)
            yield classifier(count, transform, "second_" + name, [1] * 3, weights, [])
        yield classifier(count, transform, "three", [0, 1, 2], [0.2, 0.7, -0.4], [0.1, -0.2, 0.3])
    yield classifier(count, "PROBIT", "three", [0, 1, 2], [0.2, 0.7, 0.4], [0.1, 0.05, 0.3])
    lists, leaves = tree_lists(["BRANCH_LEQ", "BRANCH_LT"], [0.1, 0.3])
    del lists["nodes_values"]
    tensor = fixed("v", [0.1, 0.3, 0, 0, 0], Type.DOUBLE)
    weights = fixed("w", [0.1, 0.2, 0.7], Type.DOUBLE)
    yield "tree_double", graph([learned(
        "TreeEnsembleRegressor", ["X"], n_targets=1, target_treeids=[0] * 3, target_nodeids=leaves,
        target_ids=[0] * 3, nodes_values_as_tensor=tensor, target_weights_as_tensor=weights,
        base_values_as_tensor=fixed("b", [0.3], Type.DOUBLE), **lists)],
        [("Y", Type.FLOAT)], type=Type.DOUBLE), {"X": rows(count, type=Type.DOUBLE)}, True


def regressor(count, aggregate, transform, targets):
    lists, leaves = tree_lists(["BRANCH_LEQ", "BRANCH_GT"], [0.1, 0.3], [0, 1])
    for name, value in (("treeids", 1), ("nodeids", 0), ("featureids", 0), ("modes", "LEAF"),
                        ("values", 0.0), ("truenodeids", 0), ("falsenodeids", 0)):
        lists[f"nodes_{name}"].append(value)
    places = [(0, leaf) for leaf in leaves] + [(1, 0)]
    weights = [[0.2, 0.35, 0.1, 0.05], [0.3, 0.0, 0.25, 0.1]]
    entries = [(*place, target, weights[target][i]) for target in range(targets)
               for i, place in enumerate(places)]
    kinds = list(zip(*entries))
    name = f"regressor_{aggregate}_{transform}_{targets}".lower()
    return name, graph([learned(
        "TreeEnsembleRegressor", ["X"], n_targets=targets, aggregate_function=aggregate,
        post_transform=transform, base_values=[0.05, 0.1][:targets], target_treeids=kinds[0],
        target_nodeids=kinds[1], target_ids=kinds[2], target_weights=kinds[3], **lists)],
        [("Y", Type.FLOAT)]), {"X": rows(count)}, True


def classifier(count, transform, name, ids, weights, base):
    lists, leaves = tree_lists(["BRANCH_LEQ", "BRANCH_GT"], [0.1, 0.3], [0, 1])
    attributes = {"base_values": base} if base else {}
    labels = [10, 20, 30] if "three" in name else [10, 20]
    suffix = f"_base{len(base)}" if base else ""
    return f"classifier_{transform}_{name}{suffix}".lower(), graph([learned(
        "TreeEnsembleClassifier", ["X"], ["L", "P"], class_treeids=[0] * 3, class_nodeids=leaves,
        class_ids=ids, class_weights=weights, classlabels_int64s=labels, post_transform=transform,
        **attributes, **lists)], [("L", Type.INT64), ("P", Type.FLOAT)]), {"X": rows(count)}, True


def tensor_trees(count):
    """TreeEnsemble of version 5."""
    for type in (Type.FLOAT, Type.DOUBLE):
        for aggregate in range(4):
            yield f"tensors_{type}_{aggregate}", graph([learned(
                "TreeEnsemble", ["X"], n_targets=2, aggregate_function=1 if aggregate > 1 else
                aggregate, post_transform=0 if aggregate < 3 else 3, tree_roots=[0, 2],
                nodes_featureids=[0, 1, 2],
                nodes_modes=helper.make_tensor("m", Type.UINT8, [3], [0, 6, 3]),
                nodes_splits=fixed("s", [0.5, 0.0, 0.25], type),
                membership_values=fixed("v", [0.0, 7.0, 5.0, float("nan")], type),
                nodes_missing_value_tracks_true=[0, 1, 0],
                nodes_truenodeids=[1, 0, 2], nodes_trueleafs=[0, 1, 1],
                nodes_falsenodeids=[1, 0, 3], nodes_falseleafs=[1, 1, 1],
                leaf_targetids=[0, 1, 0, 1], leaf_weights=fixed("w", [0.3, 0.2, 0.6, -0.5], type))],
                [("Y", type)], type=type, opset=21, ml=5), {"X": rows(count, type=type)}, True


def linear(count):
    # Not PROBIT, so steep that sums which differ by rounding are apart after it.
    for transform in ("NONE", "LOGISTIC", "SOFTMAX", "SOFTMAX_ZERO"):
        for scores in (1, 2, 3):
            yield f"linear_{transform}_{scores}".lower(), graph([learned(
                "LinearClassifier", ["X"], ["L", "P"], intercepts=[0.4, 0.5, 0.6][:scores],
                coefficients=numpy.linspace(-0.1, 0.2, 3 * scores).tolist(),
                classlabels_ints=[5, 3, 9][:max(2, scores)], post_transform=transform)],
                [("L", Type.INT64), ("P", Type.FLOAT)]), {"X": rows(count)}, True
    for transform in ("NONE", "LOGISTIC"):
        for targets in (1, 2):
            yield f"linear_regressor_{transform}_{targets}".lower(), graph([learned(
                "LinearRegressor", ["X"], targets=targets, intercepts=[0.4, 0.5][:targets],
                coefficients=numpy.linspace(-0.02, 0.03, 3 * targets).tolist(),
                post_transform=transform)], [("Y", Type.FLOAT)]), {"X": rows(count)}, True


def prepared(count):
    scale = learned("Scaler", ["X"], "S", offset=[0.5, 1.0, -1.0], scale=[2.0, 0.25, 3.0])
    yield "scaler", graph([scale], [("S", Type.FLOAT)]), {"X": rows(count)}, True
    for name, replaced in (("nan", float("nan")), ("zero", 0.0)):
        yield f"imputer_{name}", graph([learned(
            "Imputer", ["X"], imputed_value_floats=[5.0, 6.0, 7.0], replaced_value_float=replaced)],
            [("Y", Type.FLOAT)]), {"X": rows(count)}, True
    for norm in ("MAX", "L1", "L2"):
        yield f"normalizer_{norm}".lower(), graph(
            [learned("Normalizer", ["X"], norm=norm)], [("Y", Type.FLOAT)]), \
            {"X": rows(count)}, True
    yield "binarizer", graph([learned("Binarizer", ["X"], threshold=0.5)],
                             [("Y", Type.FLOAT)]), {"X": rows(count)}, False
    parts = [learned("ArrayFeatureExtractor", ["X", "places"], "A"),
             learned("FeatureVectorizer", ["X", "A"], inputdimensions=[3, 2])]
    places = fixed("places", [2, 0], Type.INT64)
    yield "vectorizer", graph(parts, [("Y", Type.FLOAT)], initializers=[places]), \
        {"X": rows(count)}, True
    whole = rows(count, type=Type.INT64) % 5
    encode = [learned("LabelEncoder", ["X"], "E", keys_int64s=[1, 2, 90000001], default_float=-7.0,
                      values_floats=[0.5, 0.6, 0.7]),
              learned("LabelEncoder", ["X"], "F", keys_int64s=[0, 1, 3], values_int64s=[3, 1, 0])]
    whole[0, 0] = 90000001
    yield "label_encoder", graph(encode, [("E", Type.FLOAT), ("F", Type.INT64)], type=Type.INT64), \
        {"X": whole}, None
    nan = float("nan")
    floats = learned("LabelEncoder", ["X"], keys_floats=[0.5, nan, 7.0], values_floats=[1., 2., 3.])
    for ml in (3, 4):
        yield f"label_encoder_floats_{ml}", graph([floats], [("Y", Type.FLOAT)], ml=ml), \
            {"X": rows(count)}, True
    hot = [learned("OneHotEncoder", ["X"], "H", cats_int64s=[0, 1, 3]),
           node("Flatten", ["H"])]
    yield "one_hot", graph(hot, [("Y", Type.FLOAT)], type=Type.INT64), \
        {"X": rows(count, type=Type.INT64) % 5}, None


def elementwise(count):
    kept = {"floor": "Floor", "ceil": "Ceil", "round": "Round", "sign": "Sign", "abs": "Abs",
            "neg": "Neg", "exp": "Exp", "sigmoid": "Sigmoid", "tanh": "Tanh", "relu": "Relu",
            "erf": "Erf", "log": "Log", "sqrt": "Sqrt", "reciprocal": "Reciprocal"}
    for name, operation in kept.items():
        first = node("Clip", ["X", "low", "high"], "C")
        bounds = [fixed("low", -6.5), fixed("high", 6.5)]
        yield f"op_{name}", graph([first, node(operation, ["C"])], [("Y", Type.FLOAT)],
                                  initializers=bounds), {"X": rows(count)}, True
    for operation in ("Add", "Sub", "Mul", "Div", "Min", "Max", "Sum", "Mean"):
        other = fixed("other", [1.5, -0.5, 2.0])
        yield f"op_{operation.lower()}", graph(
            [node(operation, ["X", "other"])], [("Y", Type.FLOAT)], initializers=[other]), \
            {"X": rows(count)}, True
    yield "op_pow", graph([node("Abs", ["X"], "A"), node("Pow", ["A", "one"])],
                          [("Y", Type.FLOAT)], initializers=[fixed("one", [1.5])]), \
        {"X": rows(count)}, False
    logic = [node("Less", ["X", "half"], "a"), node("GreaterOrEqual", ["X", "low"], "b"),
             node("And", ["a", "b"], "c"), node("Not", ["c"], "d"), node("IsNaN", ["X"], "e"),
             node("Or", ["d", "e"], "f"), node("Equal", ["X", "half"], "g"),
             node("Or", ["f", "g"], "h"), node("Where", ["h", "X", "half"]),
             node("Cast", ["h"], "I", to=Type.INT64)]
    yield "op_logic", graph(logic, [("Y", Type.FLOAT), ("I", Type.INT64)], initializers=[
        fixed("half", [0.5]), fixed("low", [-1.0])]), {"X": rows(count)}, True
    casts = [node("Cast", ["X"], "I", to=Type.INT64), node("Cast", ["X"], "J", to=Type.INT32),
             node("Cast", ["X"], "B", to=Type.BOOL), node("Cast", ["B"], "F", to=Type.FLOAT),
             node("Cast", ["X"], "D", to=Type.DOUBLE), node("Div", ["D", "third"], "E"),
             node("Cast", ["E"], "G", to=Type.FLOAT), node("Div", ["I", "two"], "H")]
    yield "op_cast", graph(casts, [("I", Type.INT64), ("J", Type.INT32), ("F", Type.FLOAT),
                                   ("E", Type.DOUBLE), ("G", Type.FLOAT), ("H", Type.INT64)],
                           initializers=[fixed("third", [3.0], Type.DOUBLE),
                                         fixed("two", [2], Type.INT64)]), {"X": rows(count)}, True


def moves(count):
    shapes = [node("Reshape", ["X", "shape"], "R"), node("Transpose", ["R"], "T", perm=[0, 2, 1]),
              node("ReduceSum", ["T", "two"], "S", keepdims=0), node("Flatten", ["T"], "F"),
              node("Concat", ["S", "F"], "C", axis=1),
              node("Slice", ["C", "start", "end", "axis", "step"], "L"),
              node("Gather", ["C", "places"], "G", axis=1), node("Unsqueeze", ["G", "one"], "U"),
              node("Squeeze", ["U", "one"], "Q"), node("ReduceMax", ["Q"], "M", axes=[1]),
              node("ReduceMean", ["Q"], "N", axes=[-1], keepdims=0),
              node("ReduceL2", ["R"], "E", axes=[2]), node("Reshape", ["E", "flat"], "V")]
    integers = {"shape": [-1, 2, 2], "two": [2], "start": [-1], "end": [-100], "axis": [1],
                "step": [-2], "places": [0, -1, 2], "one": [1], "flat": [0, -1]}
    yield "moves", graph(shapes, [("L", Type.FLOAT), ("Q", Type.FLOAT), ("M", Type.FLOAT),
                                  ("N", Type.FLOAT), ("V", Type.FLOAT)], columns=4, initializers=[
        fixed(name, value, Type.INT64) for name, value in integers.items()]), \
        {"X": rows(count, 4)}, False
    old = [node("Slice", ["X"], "S", starts=[1], ends=[3], axes=[1]),
           node("Unsqueeze", ["S"], "U", axes=[1]), node("Squeeze", ["U"], "Q", axes=[1]),
           node("Clip", ["Q"], "C", min=-1.0, max=1.0), node("ReduceSum", ["C"], axes=[1])]
    yield "moves_old", graph(old, [("C", Type.FLOAT), ("Y", Type.FLOAT)], opset=9, ml=1), \
        {"X": rows(count)}, False
    layers = [node("MatMul", ["X", "W"], "M"), node("Add", ["M", "b"], "A"),
              node("Relu", ["A"], "R"),
              node("Gemm", ["R", "V", "c"], "G", transB=1, alpha=0.5, beta=2.0),
              node("Softmax", ["G"], "P"), node("ArgMax", ["P"], "L", axis=1, keepdims=0),
              node("LogSoftmax", ["G"], "O", axis=1), node("ArgMin", ["G"], "K", axis=-1)]
    random = numpy.random.default_rng(9)
    weights = [fixed("W", random.normal(size=(3, 4))), fixed("b", random.normal(size=4)),
               fixed("V", random.normal(size=(2, 4))), fixed("c", [0.1, -0.1])]
    yield "layers", graph(layers, [("P", Type.FLOAT), ("L", Type.INT64), ("O", Type.FLOAT),
                                   ("K", Type.INT64)], initializers=weights), \
        {"X": rows(count)}, False
    constants = [node("Constant", [], "k", value_floats=[0.5, 1.5, -2.0]),
                 node("ConstantOfShape", ["n"], "z", value=fixed("v", [3.0])),
                 node("Expand", ["half", "n"], "h"), node("Add", ["k", "z"], "s"),
                 node("Mul", ["s", "h"], "t"), node("Add", ["X", "t"]),
                 node("Identity", ["X"], "I"), node("Sub", ["I", "k"], "D")]
    yield "constants", graph(constants, [("Y", Type.FLOAT), ("D", Type.FLOAT)], initializers=[
        fixed("n", [3], Type.INT64), fixed("half", [0.5])]), {"X": rows(count)}, True


def renamed(model, prefix):
    """The model with every name but X prefixed."""
    for part in (*model.graph.node, *model.graph.output, *model.graph.initializer):
        for names in ("input", "output"):
            for place, name in enumerate(getattr(part, names, [])):
                if name not in ("", "X"):
                    getattr(part, names)[place] = f"{prefix}.{name}"
        if hasattr(part, "data_type") or not hasattr(part, "op_type"):
            part.name = f"{prefix}.{part.name}"
    return model


def models(count):
    """All graphs, those with the same input joined to one."""
    joined = {}
    for part in (trees, tensor_trees, linear, prepared, elementwise, moves):
        for name, model, inputs, missing in part(count):
            model = renamed(model, name)
            x, sets = model.graph.input[0], sorted(s.version for s in model.opset_import)
            key = (part.__name__, x.SerializeToString(), *sets, missing)
            if key not in joined:
                joined[key] = (model, inputs, missing)
                continue
            first = joined[key][0].graph
            first.node.extend(model.graph.node)
            first.output.extend(model.graph.output)
            first.initializer.extend(model.graph.initializer)
    for number, (key, (model, inputs, missing)) in enumerate(joined.items()):
        yield f"graph_{key[0]}_{number}", model, inputs, missing
