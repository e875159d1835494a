# Sourced by `run` and `guest`: builds what is measured, unless told that it is new enough, and sets $classpath.

mkdir -p "$target"
if [ -n "$build" ]; then
  (cd "$root" && mvn -q -B -ntp -pl cli,lab -am -DskipTests package &&
    mvn -q -B -ntp -pl lab -am -DskipTests -Dmdep.outputFile=target/bench.classpath -Dmdep.includeScope=test \
      package dependency:build-classpath) || die "the build failed"
fi
classpath=$root/lab/target/test-classes:$root/lab/target/classes:$(cat "$root/lab/target/bench.classpath")
