# SPDX-License-Identifier: Apache-2.0
"""Small models that libraries train and converters write."""

import lightgbm
import numpy
import onnxmltools
import pandas
import xgboost
from onnx import helper
from onnxmltools.convert.common import data_types as ml_types
from skl2onnx import to_onnx
from skl2onnx.common.data_types import (
    DoubleTensorType, FloatTensorType, Int64TensorType, StringTensorType)
from sklearn import (
    calibration, compose, discriminant_analysis, ensemble, impute,
    linear_model, naive_bayes, neural_network, pipeline, preprocessing, svm, tree)

FEATURES = 4
MAKE_ATTRIBUTE = helper.make_attribute


def make_attribute(key, value, *rest, **more):
    """skl2onnx passes truth values where integers belong, which protobuf no longer takes."""
    if isinstance(value, list) and any(isinstance(item, (bool, numpy.bool_)) for item in value):
        value = [int(item) for item in value]
    return MAKE_ATTRIBUTE(key, value, *rest, **more)


helper.make_attribute = make_attribute
OPSETS = {"": 17, "ai.onnx.ml": 3}
PLAIN = {"zipmap": False}


def data(seed=0, count=200, features=FEATURES):
    random = numpy.random.default_rng(seed)
    x = random.normal(size=(count, features)).astype(numpy.float32)
    signal = x[:, 0] - x[:, 1] * (x[:, 2] > 0) + 0.3 * random.normal(size=count)
    return x, signal


def converted(model, x, types=None, options=None, target=OPSETS):
    types = types or [("X", FloatTensorType([None, x.shape[1]]))]
    if options == PLAIN:
        options = {id(model): PLAIN} if hasattr(model, "predict_proba") else None
    return to_onnx(model, initial_types=types, options=options, target_opset=target)


def classifiers():
    """Scikit-learn classifiers of two and of three classes; whether a value may be missing."""
    small = {"n_estimators": 5, "max_depth": 3, "random_state": 1}
    yield "tree", tree.DecisionTreeClassifier(max_depth=3), True
    yield "forest", ensemble.RandomForestClassifier(**small), True
    yield "extra_trees", ensemble.ExtraTreesClassifier(**small), False
    yield "boosting", ensemble.GradientBoostingClassifier(**small), False
    yield "histogram", ensemble.HistGradientBoostingClassifier(max_iter=5, max_leaf_nodes=6), True
    yield "ada", ensemble.AdaBoostClassifier(n_estimators=4, random_state=1), False
    yield "logistic", linear_model.LogisticRegression(), True
    yield "svc", svm.LinearSVC(), True
    yield "ridge", linear_model.RidgeClassifier(), True
    yield "discriminant", discriminant_analysis.LinearDiscriminantAnalysis(), True
    yield "bayes", naive_bayes.GaussianNB(), True
    yield "network", neural_network.MLPClassifier((5,), max_iter=60, random_state=1), True
    yield "calibrated", calibration.CalibratedClassifierCV(
        tree.DecisionTreeClassifier(max_depth=2), cv=2), True
    yield "voting", ensemble.VotingClassifier(
        [("l", linear_model.LogisticRegression()), ("t", tree.DecisionTreeClassifier(max_depth=2))],
        voting="soft", flatten_transform=False), True
    yield "stacking", ensemble.StackingClassifier(
        [("l", linear_model.LogisticRegression()), ("t", tree.DecisionTreeClassifier(max_depth=2))],
        cv=2), True


def regressors():
    small = {"n_estimators": 5, "max_depth": 3, "random_state": 1}
    yield "tree", tree.DecisionTreeRegressor(max_depth=3), True
    yield "forest", ensemble.RandomForestRegressor(**small), True
    yield "boosting", ensemble.GradientBoostingRegressor(**small), False
    yield "histogram", ensemble.HistGradientBoostingRegressor(max_iter=5, max_leaf_nodes=6), True
    yield "linear", linear_model.LinearRegression(), True
    yield "poisson", linear_model.PoissonRegressor(), True
    yield "network", neural_network.MLPRegressor(
        hidden_layer_sizes=(5,), max_iter=60, random_state=1), True


def transformers():
    """Transformers before a logistic regression."""
    yield "standard", preprocessing.StandardScaler(), True
    yield "minmax", preprocessing.MinMaxScaler(clip=True), True
    yield "robust", preprocessing.RobustScaler(), True
    yield "impute", impute.SimpleImputer(), True
    yield "indicator", impute.SimpleImputer(add_indicator=True), True
    yield "l1", preprocessing.Normalizer("l1"), False
    yield "l2", preprocessing.Normalizer("l2"), False
    yield "max", preprocessing.Normalizer("max"), False
    yield "binarize", preprocessing.Binarizer(threshold=0.25), False
    yield "bins", preprocessing.KBinsDiscretizer(
        4, encode="onehot-dense", quantile_method="averaged_inverted_cdf"), False
    yield "polynomial", preprocessing.PolynomialFeatures(2), False
    yield "power", preprocessing.PowerTransformer(), False


def scikit_models(count):
    x, signal = data()
    two, three = (signal > 0.5).astype(int), numpy.digitize(signal, [-0.5, 0.8])
    test = data(1, count)[0]
    for name, model, missing in classifiers():
        for classes, label in (("binary", two), ("classes", three)):
            yield (f"sk_{name}_{classes}", converted(model.fit(x, label), x, options=PLAIN),
                   {"X": test.copy()}, missing)
    for name, model, missing in regressors():
        target = numpy.exp(signal) if name == "poisson" else signal
        yield (f"sk_{name}_regression", converted(model.fit(x, target), x), {"X": test.copy()},
               missing)
    for name, transformer, missing in transformers():
        model = pipeline.make_pipeline(transformer, linear_model.LogisticRegression())
        yield (f"sk_pipe_{name}", converted(model.fit(x, two), x, options=PLAIN),
               {"X": test.copy()}, missing)
    multi = tree.DecisionTreeRegressor(max_depth=3).fit(x, numpy.stack([signal, x[:, 1]], 1))
    yield "sk_tree_targets", converted(multi, x), {"X": test.copy()}, True
    texts = numpy.where(two, "fails", "lives")
    named = tree.DecisionTreeClassifier(max_depth=2).fit(x, texts)
    yield "sk_tree_texts", converted(named, x), {"X": test.copy()}, True
    model = linear_model.LogisticRegression().fit(x, two)
    yield "sk_zipmap", converted(model, x), {"X": test.copy()}, True
    scores = {id(model): {"zipmap": False, "raw_scores": True}}
    yield "sk_raw_scores", converted(model, x, options=scores), {"X": test.copy()}, True
    wide = [("X", DoubleTensorType([None, FEATURES]))]
    doubles = test.astype(numpy.float64)
    yield "sk_double_logistic", converted(model, x, wide, PLAIN), {"X": doubles.copy()}, True
    latest = {"": 22, "ai.onnx.ml": 5}
    forest = ensemble.RandomForestClassifier(n_estimators=4, max_depth=3, random_state=1)
    yield ("sk_forest_latest", converted(forest.fit(x, two), x, options=PLAIN, target=latest),
           {"X": test.copy()}, True)
    oldest = {"": 9, "ai.onnx.ml": 1}
    yield ("sk_forest_oldest", converted(forest.fit(x, two), x, options=PLAIN, target=oldest),
           {"X": test.copy()}, True)


def columns_model(count):
    """Named columns of all types, each prepared in its own way."""
    random = numpy.random.default_rng(3)
    x, signal = data(2)
    sector = random.choice(["trade", "building", "services"], len(x))
    region = random.integers(0, 5, len(x))
    rows = [dict(zip(("assets", "debt", "sector", "region"), row))
            for row in zip(x[:, 0], x[:, 1], sector, region)]
    table = pandas.DataFrame(rows)
    prepare = compose.ColumnTransformer([
        ("numbers", pipeline.make_pipeline(impute.SimpleImputer(strategy="median"),
                                           preprocessing.StandardScaler()), ["assets", "debt"]),
        ("sector", preprocessing.OneHotEncoder(handle_unknown="ignore"), ["sector"]),
        ("region", preprocessing.OneHotEncoder(handle_unknown="ignore"), ["region"])])
    label = (signal + (sector == "building") > 0.5).astype(int)
    types = [("assets", FloatTensorType([None, 1])), ("debt", FloatTensorType([None, 1])),
             ("sector", StringTensorType([None, 1])), ("region", Int64TensorType([None, 1]))]
    test, _ = data(4, count)
    kinds = numpy.array(["trade", "building", "services", "mining"], dtype=object)
    inputs = {"assets": test[:, :1], "debt": test[:, 1:2],
              "sector": kinds[numpy.arange(count) % 4].reshape(-1, 1),
              "region": (numpy.arange(count) % 7).reshape(-1, 1).astype(numpy.int64)}
    for name, last in (("forest", ensemble.RandomForestClassifier(4, max_depth=3, random_state=1)),
                       ("logistic", linear_model.LogisticRegression())):
        model = pipeline.make_pipeline(prepare, last).fit(table, label)
        yield (f"sk_columns_{name}", converted(model, None, types, {id(model): PLAIN}),
               {k: v.copy() for k, v in inputs.items()}, True)
    ordinal = pipeline.make_pipeline(
        preprocessing.OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1),
        tree.DecisionTreeClassifier(max_depth=3)).fit(table[["sector"]], label)
    yield ("sk_ordinal", converted(ordinal, None, types[2:3], {id(ordinal): PLAIN}),
           {"sector": inputs["sector"].copy()}, True)


def boosted_models(count):
    x, signal = data(5)
    x[::9, 1] = numpy.nan
    two, three = (signal > 0.5).astype(int), numpy.digitize(signal, [-0.5, 0.8])
    test = data(6, count)[0]
    types = [("X", ml_types.FloatTensorType([None, FEATURES]))]
    grown = {"n_estimators": 5, "num_leaves": 6, "min_child_samples": 5, "verbose": -1}
    coded = x.copy()
    coded[:, 3] = numpy.arange(len(x)) % 6
    cases = [
        ("binary", lightgbm.LGBMClassifier(**grown), x, two, []),
        ("classes", lightgbm.LGBMClassifier(**grown), x, three, []),
        ("regression", lightgbm.LGBMRegressor(**grown), x, signal, []),
        ("poisson", lightgbm.LGBMRegressor(objective="poisson", **grown), x, numpy.exp(signal), []),
        ("forest", lightgbm.LGBMClassifier(boosting_type="rf", bagging_freq=1,
                                           bagging_fraction=0.6, **grown), x, two, []),
        ("categories", lightgbm.LGBMClassifier(min_data_per_group=2, cat_smooth=1, **grown),
         coded, ((coded[:, 3] % 2) + signal > 0.8).astype(int), [3])]
    for name, model, rows, label, categories in cases:
        model.fit(rows, label, categorical_feature=categories)
        target = test.copy()
        if categories:
            target[:, 3] = numpy.arange(count) % 8
        for zipped in ([False, True] if name == "binary" else [False]):
            graph = onnxmltools.convert_lightgbm(model, initial_types=types, zipmap=zipped,
                                                 target_opset=15)
            yield (f"lgb_{name}" + "_zipmap" * zipped, graph, {"X": target.copy()},
                   None if categories else True)
    for name, model, label in (
            ("binary", xgboost.XGBClassifier(n_estimators=5, max_depth=3), two),
            ("classes", xgboost.XGBClassifier(n_estimators=5, max_depth=3), three),
            ("regression", xgboost.XGBRegressor(n_estimators=5, max_depth=3), signal),
            ("logistic", xgboost.XGBRegressor(n_estimators=5, max_depth=3,
                                              objective="reg:logistic"), two),
            ("poisson", xgboost.XGBRegressor(n_estimators=5, max_depth=3,
                                             objective="count:poisson"), three)):
        model.fit(x, label)
        yield (f"xgb_{name}", onnxmltools.convert_xgboost(model, initial_types=types,
                                                          target_opset=15),
               {"X": test.copy()}, True)


def models(count):
    yield from scikit_models(count)
    yield from columns_model(count)
    yield from boosted_models(count)
