/** Accounts under which services run that the internet reaches, and what they are; nobody types there.
 *
 *  Source: accounts that the packages of Debian 12, RHEL 9 and the projects' own container images make.
 */
export const WEB_USERS: ReadonlyMap<string, string> = new Map([
  ["www-data", "the web server"],
  ["apache", "the web server"],
  ["nginx", "the web server"],
  ["httpd", "the web server"],
  ["http", "the web server"],
  ["nobody", "the web server"],
  ["php-fpm", "the web server"],
  ["tomcat", "Tomcat"],
  ["jetty", "Jetty"],
  ["jboss", "JBoss"],
  ["wildfly", "WildFly"],
  ["weblogic", "WebLogic"],
  ["confluence", "Confluence"],
  ["jira", "Jira"],
  ["jenkins", "Jenkins"],
  ["solr", "Solr"],
  ["elasticsearch", "Elasticsearch"],
  ["geoserver", "GeoServer"],
  ["activemq", "ActiveMQ"],
  ["teamcity", "TeamCity"],
  ["openfire", "Openfire"],
  ["druid", "Druid"],
  ["flink", "Flink"],
]);

/** Databases and platforms that start programs for whoever may speak to them. */
export const STORE_USERS: ReadonlyMap<string, string> = new Map([
  ["redis", "Redis, a database"],
  ["postgres", "PostgreSQL, a database"],
  ["mysql", "MySQL, a database"],
  ["mongodb", "MongoDB, a database"],
  ["couchdb", "CouchDB, a database"],
  ["hadoop", "Hadoop"],
  ["yarn", "Hadoop YARN"],
  ["hdfs", "Hadoop"],
  ["spark", "Spark"],
  ["airflow", "Airflow"],
  ["jovyan", "Jupyter, a notebook"],
  ["jupyter", "Jupyter, a notebook"],
  ["rabbitmq", "RabbitMQ"],
  ["zookeeper", "ZooKeeper"],
  ["nacos", "Nacos"],
]);

/** What an intruder's first commands are and a service's own never: who am I, what machine is this, get this.
 *
 *  Source: Cowrie logs of 2021 and reports on exploited web servers; services themselves run shells for mail,
 *  pictures and archives (`sh -c`), which is why a shell alone is none.
 */
const INTRUDERS_FIRST: readonly RegExp[] = [
  /(?:^|[\s;&|/'"(])(?:whoami|nproc|lscpu|ncat?|tftp|crontab|xmrig)(?:\s|$)/,
  /(?:^|[;&|]\s{0,9}|-c\s{1,9}["']?)(?:\/usr)?(?:\/bin\/)?(?:id|uname\s{1,9}-\w{1,4})(?:[\s;"']|$)/,
  /\/dev\/tcp\/|\bbase64[\s,]{1,9}(?:-d|--decode)|cat\s{1,9}\/etc\/(?:passwd|shadow)/,
  /(?:^|[\s;&|/'"({])(?:ba|da|z)?sh[\s,]{1,9}-i(?:[\s;&|}]|$)/,
  /\bchmod\s{1,9}(?:\+x|[0-7]{3})\s{1,9}(?:\/tmp|\/var\/tmp|\/dev\/shm)/,
];

/** A page fetched by its name is a job of the site's own; a bare address, a shell behind or a folder for
 *  temporary files is not. */
const FETCH = /\b(?:curl|wget)\s/;
const STRANGE = /\/\/(?!127\.)\d{1,3}(?:\.\d{1,3}){3}|\|\s{0,9}(?:ba|da)?sh\b|\/tmp\/|\/dev\/shm\//;

/** Characters of a command line that are looked at. */
const MOST_CHARS = 4_096;

/** Whether a command line is an intruder's rather than a service's own. */
export function isIntrudersFirst(text: string): boolean {
  const line = text.slice(0, MOST_CHARS);
  const fetch = FETCH.exec(line);
  if (fetch !== null && STRANGE.test(line.slice(fetch.index))) return true;
  return INTRUDERS_FIRST.some((pattern) => pattern.test(line));
}

/** Kinds of requests (rows of `web-exploits.ts`) by which an interface does for anybody what it is for. */
export const OPEN_INTERFACES: ReadonlyMap<string, string> = new Map([
  ["docker-api", "Docker, which starts containers,"],
  ["kubernetes-api", "Kubernetes, which starts containers on many hosts,"],
  ["kubelet", "Kubernetes' agent on the host"],
  ["hadoop-yarn", "Hadoop YARN, which runs programs,"],
  ["jupyter-terminal", "Jupyter, a notebook that runs programs,"],
  ["redis-over-http", "Redis, a database,"],
  ["couchdb", "CouchDB, a database,"],
  ["selenium-grid", "Selenium Grid, which runs browsers,"],
  ["consul-check", "Consul, which runs programs as checks,"],
]);
